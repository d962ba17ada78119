/** For a terminal: past events scroll, and the present state below them is redrawn in place. */
import { createLogUpdate } from 'log-update';
import type { SenderView } from '../../client/index.ts';
import { drawable, safe } from '../terminal.ts';
import { story } from '../text/story.ts';
import { paint } from '../text/style.ts';
import { timelineLines } from '../text/timeline.ts';
import type { Display } from './watch.ts';

const COUNT_EVERY_MS = 1_000;

export function createScreen(stream: NodeJS.WritableStream): Display {
  const log = createLogUpdate(drawable(stream));
  let view: SenderView | undefined;
  let lost = '';

  const draw = (): void => {
    if (view === undefined) return;
    const warning = lost === '' ? '' : `\n  ${paint('bad', `${lost}; trying again`)}`;
    log(safe(`\n${story(view, Date.now())}${warning}`));
  };
  const counting = setInterval(draw, COUNT_EVERY_MS);

  return {
    show(update) {
      if (update.kind === 'lost') {
        lost = update.why;
      } else {
        lost = '';
        view = update.view;
        const lines = timelineLines(update.entries);
        if (lines.length > 0) log.persist(safe(lines.join('\n')));
      }
      draw();
    },
    end() {
      clearInterval(counting);
      draw();
      log.done();
    },
  };
}
