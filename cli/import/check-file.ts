/** All rows of a file, each checked before anything is started. */
import { decode, type Decoded } from './decode.ts';
import { FileError } from './file-error.ts';
import { delimiterOf, headerOf, type Header } from './header.ts';
import { recordsOf, type Delimiter } from './records.ts';
import { rowOf, type Row } from './row.ts';
import { withoutDuplicates } from './duplicates.ts';
import { withSharedAddresses } from './shared-addresses.ts';

export interface CheckedFile {
  readonly encoding: Decoded['encoding'];
  readonly delimiter: Delimiter;
  /** In the order of the file. */
  readonly rows: readonly Row[];
}

const MOST_ROWS = 200_000;

export interface Most {
  readonly rows?: number;
  /** Rows of one address. Default: any number. */
  readonly perAddress?: number;
}

/** @throws FileError where it cannot be told what the rows are */
export async function checkFile(
  bytes: Buffer,
  { rows: mostRows = MOST_ROWS, perAddress = Infinity }: Most = {},
): Promise<CheckedFile> {
  const { encoding, utf8 } = decode(bytes);
  const delimiter = delimiterOf(utf8);
  const rows: Row[] = [];
  let header: Header | undefined;
  for await (const record of recordsOf(utf8, delimiter)) {
    if (header === undefined) header = headerOf(record.cells);
    // Spreadsheets leave such rows behind.
    else if (record.cells.some((cell) => cell.trim() !== '')) rows.push(rowOf(record, header));
    if (rows.length > mostRows) throw tooMany(mostRows);
  }
  if (rows.length === 0) throw new FileError('it has a header line, and no rows');
  const meant = withSharedAddresses(withoutDuplicates(rows), perAddress);
  return { encoding, delimiter, rows: meant };
}

function tooMany(most: number): FileError {
  return new FileError(
    `it has more than ${most.toLocaleString('en')} rows: divide it, with the header line in each part`,
  );
}
