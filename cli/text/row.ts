/** The layout of `status`: rows with a label in the margin, and a text. */
import { paint, type Tone, plain } from './style.ts';

export interface TableRow {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
}

const LABEL_WIDTH = 15;
const MARGIN = '  ';
/** On a narrower terminal, the terminal wraps the lines itself. */
const LEAST_WIDTH = 30;

/**
 * A label equal to that of the previous row is not repeated.
 *
 * @param columns of the terminal; longer texts are wrapped
 */
export function layOut(
  rows: readonly TableRow[],
  columns = process.stdout.columns || Infinity,
): string {
  const width = Math.max(columns - MARGIN.length - LABEL_WIDTH, LEAST_WIDTH);
  return rows
    .flatMap(({ label, text, tone = 'plain' }, index) => {
      const shown = rows[index - 1]?.label === label ? '' : label;
      return wrapped(plain(text), width).map((line, nth) => {
        const margin = MARGIN + paint('quiet', (nth === 0 ? shown : '').padEnd(LABEL_WIDTH));
        return margin + paint(tone, line);
      });
    })
    .join('\n');
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length <= width || line === '') {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}
