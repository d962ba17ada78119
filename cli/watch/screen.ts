/** On a terminal: what happened scrolls by, and below it the present state counts on in place. */
import { createLogUpdate } from 'log-update';
import type { SenderView } from '../../client/index.ts';
import { paint } from '../text/colour.ts';
import { story } from '../text/story.ts';
import { timelineLines } from '../text/timeline.ts';
import type { Display } from './display.ts';

const COUNT_EVERY_MS = 1_000;

export function createScreen(stream: NodeJS.WritableStream): Display {
  const log = createLogUpdate(stream);
  let view: SenderView | undefined;
  let lost = '';

  const draw = (): void => {
    if (view === undefined) return;
    const warning = lost === '' ? '' : `\n  ${paint('bad', `${lost}; trying again`)}`;
    log(`\n${story(view, Date.now())}${warning}`);
  };
  const counting = setInterval(draw, COUNT_EVERY_MS);

  return {
    show(moment) {
      if (moment.kind === 'lost') {
        lost = moment.why;
      } else {
        lost = '';
        view = moment.view;
        const lines = timelineLines(moment.news);
        if (lines.length > 0) log.persist(lines.join('\n'));
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
