/** For output that is no terminal: a line for each event. */
import { inShort } from '../text/headline.ts';
import { timelineLines } from '../text/timeline.ts';
import type { Display } from './watch.ts';

/**
 * @param write prints a line of the timeline
 * @param note prints that Temporal or the worker is away
 */
export function createLines(write: (line: string) => void, note: (line: string) => void): Display {
  let away = '';
  const nowAway = (why: string): void => {
    if (why !== away) note(why === '' ? 'all answer again' : `${why}; watching on`);
    away = why;
  };
  return {
    show(update) {
      if (update.kind === 'lost') {
        nowAway(update.why);
        return;
      }
      const { view, entries } = update;
      nowAway(view.partial && view.outcome === null ? 'no worker answers' : '');
      for (const line of timelineLines(entries)) write(line);
      if (view.outcome) write(inShort(view, Date.now()));
    },
    end() {
      // Every line is complete already.
    },
  };
}
