/** For programs: a JSON value a line, `timeline`, `view` or `lost`. */
import type { Display } from './display.ts';

export function createJsonLines(write: (line: string) => void): Display {
  const tell = (value: object): void => {
    write(JSON.stringify(value));
  };
  return {
    show(moment) {
      if (moment.kind === 'lost') {
        tell({ lost: moment.why });
        return;
      }
      for (const timeline of moment.news) tell({ timeline });
      tell({ view: moment.view });
    },
    end() {
      // Every line is whole already.
    },
  };
}
