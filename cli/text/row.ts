/** A story is told in rows: a label in the margin, and a text. */
import { paint, type Tone } from './colour.ts';

export interface Row {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
}

const LABEL_WIDTH = 15;
const MARGIN = '  ';
/** Narrower than that, the terminal may break the lines as it likes. */
const LEAST_WIDTH = 30;

/**
 * Rows with the label of the row before it do not repeat it.
 *
 * @param columns of the terminal; longer texts go on below
 */
export function layOut(rows: readonly Row[], columns = process.stdout.columns || Infinity): string {
  const width = Math.max(columns - MARGIN.length - LABEL_WIDTH, LEAST_WIDTH);
  return rows
    .flatMap(({ label, text, tone = 'plain' }, index) => {
      const shown = rows[index - 1]?.label === label ? '' : label;
      return wrapped(text, width).map((line, nth) => {
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
