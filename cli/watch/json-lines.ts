/** For programs: a JSON value a line, `timeline`, `view` or `lost`. */
import { printableJson } from '../../worker/printable.ts';
import type { Display } from './watch.ts';

export function createJsonLines(write: (line: string) => void): Display {
  const print = (value: object): void => {
    write(printableJson(JSON.stringify(value)));
  };
  return {
    show(update) {
      if (update.kind === 'lost') {
        print({ lost: update.why });
        return;
      }
      for (const timeline of update.entries) print({ timeline });
      print({ view: update.view });
    },
    end() {
      // Every line is complete already.
    },
  };
}
