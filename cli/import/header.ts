/** The header line: which delimiter it has, and which column stands where. */
import { parse } from 'csv-parse/sync';
import { InvalidRequestError, parseRequest, registrationForm } from '../../client/index.ts';
import { columnNamed, COLUMNS, NEEDED, type Column } from './columns.ts';
import { FileError } from './file-error.ts';
import type { Delimiter } from './records.ts';

/** By position; undefined for one without a name, whose cells must be empty. */
export type Header = readonly (Column | undefined)[];

const DELIMITERS = [';', ',', '\t'] as const satisfies readonly Delimiter[];
/** Longer than any header that makes sense. */
const HEADER_BYTES = 8 * 1_024;
const NAME = /^[\p{L}\p{N}_ .-]{1,40}$/u;

/** The one by which most names in the header are known. @throws FileError where none is */
export function delimiterOf(utf8: Buffer): Delimiter {
  const begin = utf8.subarray(0, HEADER_BYTES);
  const known = DELIMITERS.map((delimiter) => ({
    delimiter,
    names: firstRecord(begin, delimiter).filter((name) => columnNamed(name) !== undefined).length,
  }));
  const [best] = known.toSorted((a, b) => b.names - a.names);
  if (best !== undefined && best.names > 0) return best.delimiter;
  // Nothing of it is told: where the header is missing, it is somebody's row.
  throw new FileError(
    `its first line must name the columns, with ; , or a tab between them; known are ${COLUMNS.join(', ')}`,
  );
}

function firstRecord(begin: Buffer, delimiter: Delimiter): readonly string[] {
  try {
    const [first = []] = parse(begin, {
      delimiter,
      to: 1,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return first;
  } catch {
    // With this delimiter its quotes make no sense.
    return [];
  }
}

/** @throws FileError with all that is wrong with it */
export function headerOf(cells: readonly string[]): Header {
  const header = cells.map(columnNamed);
  const faults = cells.flatMap((written, n) => {
    const column = header[n];
    if (column === undefined) return written.trim() === '' ? [] : [unknown(written.trim(), n)];
    return header.indexOf(column) === n ? [] : [`column ${column} is there twice`];
  });
  const missing = NEEDED.filter((column) => !header.includes(column));
  faults.push(...missing.map((column) => `column ${column} is missing`));
  if (faults.length === 0) return header;
  throw new FileError(`${faults.join('\n')}\nknown columns: ${COLUMNS.join(', ')}`);
}

function unknown(name: string, position: number): string {
  const notTaken = wordsOfTheForm(name);
  if (notTaken !== undefined) return `column ${notTaken}`;
  return NAME.test(name)
    ? `unknown column "${name}"`
    : `column ${position + 1} has an odd name, which is unknown`;
}

/** Some of AR24's parameters are left to others on purpose: the form's schema says to whom. */
function wordsOfTheForm(name: string): string | undefined {
  try {
    parseRequest(registrationForm, { [name]: '' });
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return error.faults.find(({ message }) => message.includes(' is not taken'))?.message;
  }
  return undefined;
}
