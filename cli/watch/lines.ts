/** Where nothing can be drawn: a line for each thing as it happens. */
import { inShort } from '../text/headline.ts';
import { timelineLines } from '../text/timeline.ts';
import type { Display } from './display.ts';

/**
 * @param write a line of the story
 * @param note what is not part of it: that Temporal or the worker is away
 */
export function createLines(write: (line: string) => void, note: (line: string) => void): Display {
  let away = '';
  const nowAway = (why: string): void => {
    if (why !== away) note(why === '' ? 'all answer again' : `${why}; watching on`);
    away = why;
  };
  return {
    show(moment) {
      if (moment.kind === 'lost') {
        nowAway(moment.why);
        return;
      }
      const { view, news } = moment;
      nowAway(view.partial && view.outcome === null ? 'no worker answers' : '');
      for (const line of timelineLines(news)) write(line);
      if (view.outcome) write(inShort(view, Date.now()));
    },
    end() {
      // Every line is whole already.
    },
  };
}
