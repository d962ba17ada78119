import type { Output } from '../output.ts';
import type { CheckedFile } from './check-file.ts';
import { faultWords } from './row-result.ts';
import { rowCount } from './summary.ts';

const DELIMITER_NAMES = { ';': 'semicolons', ',': 'commas', '\t': 'tabs' } as const;

/** As what the file was read, and all that is wrong with it; programs are told of invalid rows as such. */
export function tellChecked({ encoding, delimiter, rows }: CheckedFile, output: Output): void {
  output.note(
    `${rowCount(rows.length)}, read as ${encoding} with ${DELIMITER_NAMES[delimiter]} between the cells`,
  );
  for (const row of rows) {
    if (row.kind === 'valid') {
      for (const warning of row.warnings) output.note(`line ${row.line}, warning: ${warning}`);
    } else if (!output.json) {
      for (const fault of faultWords(row)) output.note(`line ${row.line}, ${fault}`);
    }
  }
}
