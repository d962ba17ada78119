/** The header line: its delimiter, and the order of its columns. */
import { parse } from 'csv-parse/sync';
import {
  InvalidRequestError,
  parseRequest,
  registrationForm,
  FORM_FIELDS,
} from '../../client/index.ts';
import { withoutEdges } from '../../client/schemas/invisible.ts';
import { FileError, lineCounter, type CsvRecord, type Delimiter } from './records.ts';

export const SIGN_UP = ['reference', 'email', 'email_verified', 'language', 'require'] as const;

type FormColumn = keyof typeof FORM_FIELDS;
export type Column = (typeof SIGN_UP)[number] | FormColumn;

export const FORM_COLUMNS = Object.keys(FORM_FIELDS) as readonly FormColumn[];
export const COLUMNS: readonly Column[] = [...SIGN_UP, ...FORM_COLUMNS];

/** Required for each row. */
const NEEDED: readonly Column[] = ['reference', 'email'];

/** Ignores case: users of spreadsheets write capitals. */
export function columnNamed(written: string): Column | undefined {
  const name = withoutEdges(written).toLowerCase();
  return COLUMNS.find((column) => column === name);
}

/** Columns by position; undefined for one without a name, whose cells must be empty. */
export type Header = readonly (Column | undefined)[];

const DELIMITERS = [';', ',', '\t'] as const satisfies readonly Delimiter[];
/** Longer than any valid header. */
const HEADER_BYTES = 8 * 1_024;
const NAME = /^[\p{L}\p{N}_ .-]{1,40}$/u;

/** A title, a remark, and blank rows between them. */
const MOST_BEFORE_HEADER = 10;
/** Excel's line for the delimiter of the file. */
const SEP = /^"?sep=(.)"?\s*$/i;

/** The line that names the delimiter for Excel. */
export function isSepLine({ line, cells: [first = ''] }: CsvRecord): boolean {
  return line === 1 && /^sep=/i.test(first);
}

/** The delimiter that the file names, or with which most columns are known. @throws FileError where there is none */
export function delimiterOf(utf8: Buffer): Delimiter {
  const begin = utf8.subarray(0, HEADER_BYTES);
  const [, named] = SEP.exec(begin.toString().split(/[\r\n]/, 1)[0] ?? '') ?? [];
  if (named !== undefined) return delimiterNamed(named);
  const known = DELIMITERS.map((delimiter) => ({ delimiter, ...namesIn(begin, delimiter) }));
  const [best] = known.toSorted((a, b) => b.names - a.names);
  if (best !== undefined && best.names > 0) {
    if (!best.isBelow) return best.delimiter;
    throw new FileError(
      `line ${best.line} names the columns, and there is other text before it, such as a title: ` +
        `delete all before line ${best.line}`,
    );
  }
  // The line is not quoted: if the header is missing, it holds personal data.
  throw new FileError(
    `its first line must name the columns, with ; , or a tab between them; known are ${COLUMNS.join(', ')}`,
  );
}

function delimiterNamed(sep: string): Delimiter {
  const found = DELIMITERS.find((delimiter) => delimiter === sep);
  if (found !== undefined) return found;
  throw new FileError('its first line names another delimiter (sep=) than ; , or a tab');
}

/** How many columns the first record names, or a later record that must be the header. */
function namesIn(begin: Buffer, delimiter: Delimiter) {
  const records = firstRecords(begin, delimiter).map(({ line, cells }) => ({
    line,
    columns: cells.flatMap((cell) => columnNamed(cell) ?? []),
  }));
  const [first] = records;
  if (first !== undefined && first.columns.length > 0) {
    return { line: first.line, names: first.columns.length, isBelow: false };
  }
  const below = records.find(({ columns }) => NEEDED.every((column) => columns.includes(column)));
  return { line: below?.line ?? 1, names: below?.columns.length ?? 0, isBelow: true };
}

/** The first records that are not blank. */
function firstRecords(begin: Buffer, delimiter: Delimiter): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  const lineAt = lineCounter(begin);
  let from = 0;
  try {
    parse(begin, {
      delimiter,
      to: MOST_BEFORE_HEADER,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record(cells: string[], { bytes_records: end }) {
        const line = lineAt(from);
        if (cells.some((cell) => withoutEdges(cell) !== '')) records.push({ line, cells });
        from = end;
        return cells;
      },
    });
  } catch {
    // With this delimiter the quotes are invalid, or a quote ends beyond the part that is parsed.
  }
  return records;
}

/** @throws FileError with all faults of the header */
export function headerOf(cells: readonly string[]): Header {
  const header = cells.map(columnNamed);
  const faults = cells.flatMap((written, n) => {
    const column = header[n];
    if (column === undefined)
      return withoutEdges(written) === '' ? [] : [unknown(written.trim(), n)];
    return header.indexOf(column) === n ? [] : [`column ${column} is there twice`];
  });
  const missing = NEEDED.filter((column) => !header.includes(column));
  faults.push(...missing.map((column) => `column ${column} is missing`));
  if (faults.length === 0) return header;
  throw new FileError(`${faults.join('\n')}\nknown columns: ${COLUMNS.join(', ')}`);
}

function unknown(name: string, position: number): string {
  const reason = whyNotAccepted(name);
  if (reason !== undefined) return `column ${reason}`;
  return NAME.test(name)
    ? `unknown column "${name}"`
    : `column ${position + 1} has an unknown name`;
}

/** The form's message about parameters of AR24 that it does not accept on purpose. */
function whyNotAccepted(name: string): string | undefined {
  try {
    parseRequest(registrationForm, { [name]: '' });
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return error.faults.find(({ message }) => message.includes(' is not taken'))?.message;
  }
  return undefined;
}
