/** Checks all rows of a file, before any is started. */
import { mailboxOf } from '../../client/hash-key.ts';
import { withoutEdges } from '../../client/schemas/invisible.ts';
import { decode, type Decoded, type EncodingName } from './encoding.ts';
import { delimiterOf, headerOf, isSepLine, type Header } from './header.ts';
import { FileError, recordsOf, type Delimiter } from './records.ts';
import { rowOf, type Forms, type ImportRow, type ValidRow } from './row.ts';

export interface CheckedFile {
  readonly encoding: Decoded['encoding'];
  readonly delimiter: Delimiter;
  /** Of the file as a whole. */
  readonly warnings: readonly string[];
  /** In the order of the file. */
  readonly rows: readonly ImportRow[];
}

const MOST_ROWS = 200_000;

interface Checking {
  /** Default: detected. */
  readonly encoding?: EncodingName | undefined;
  readonly rows?: number;
  /** Default: whole forms. */
  readonly forms?: Forms;
  /** Rows of one address. Default: any number. */
  readonly perAddress?: number;
}

/** @throws FileError where the file has no readable rows */
export async function checkFile(
  bytes: Buffer,
  {
    encoding: given,
    rows: mostRows = MOST_ROWS,
    forms = 'registration',
    perAddress = Infinity,
  }: Checking = {},
): Promise<CheckedFile> {
  const { encoding, utf8, warnings } = decode(bytes, given);
  const delimiter = delimiterOf(utf8);
  const rows: ImportRow[] = [];
  let header: Header | undefined;
  for await (const record of recordsOf(utf8, delimiter)) {
    // Spreadsheets write blank rows, also before the header.
    if (record.cells.every((cell) => withoutEdges(cell) === '') || isSepLine(record)) continue;
    if (header === undefined) header = headerOf(record.cells);
    else rows.push(rowOf(record, header, forms));
    if (rows.length > mostRows) throw tooMany(mostRows);
  }
  if (rows.length === 0) throw new FileError('it has a header line, and no rows');
  const distinct = withLostZeros(withoutDuplicates(rows));
  const checked = withSharedAddresses(distinct, perAddress);
  return { encoding, delimiter, warnings, rows: checked };
}

function tooMany(most: number): FileError {
  return new FileError(
    `it has more than ${most.toLocaleString('en')} rows: divide it, with the header line in each part`,
  );
}

const NAMED = 3;

/** Names the lines without a row's own: the first by number, the others by count. */
function otherLines(lines: readonly number[], own: number): string {
  const named = lines
    .slice(0, NAMED + 1)
    .filter((other) => other !== own)
    .slice(0, NAMED);
  const more = lines.length - 1 - named.length;
  const which = `line${named.length === 1 ? '' : 's'} ${named.map(String).join(', ')}`;
  return more > 0 ? `${which} and ${more} more` : which;
}

/** Rows with the same reference are all invalid: nothing shows which one is right. */
function withoutDuplicates(rows: readonly ImportRow[]): readonly ImportRow[] {
  const linesOf = new Map<string, number[]>();
  for (const { reference, line } of rows) {
    if (reference === '') continue;
    const lines = linesOf.get(reference);
    if (lines === undefined) linesOf.set(reference, [line]);
    else lines.push(line);
  }
  return rows.map((row) => {
    const { line, reference } = row;
    const lines = linesOf.get(reference) ?? [];
    if (lines.length < 2) return row;
    const fault = {
      column: 'reference',
      message: `is also on ${otherLines(lines, line)}`,
    } as const;
    const faults = row.kind === 'invalid' ? row.faults : [];
    return { kind: 'invalid', line, reference, faults: [fault, ...faults] };
  });
}

/** Numbers that differ in leading zeros alone get a warning: a spreadsheet may have removed them from one. */
function withLostZeros(rows: readonly ImportRow[]): readonly ImportRow[] {
  const linesOf = new Map<string, number[]>();
  const placed = rows.map((row) => {
    if (row.kind === 'invalid' || !/^\d+$/.test(row.reference)) return { row };
    const number = row.reference.replace(/^0+/, '');
    const lines = linesOf.get(number) ?? [];
    linesOf.set(number, lines);
    lines.push(row.line);
    return { row, lines };
  });
  return placed.map(({ row, lines = [] }) => {
    if (row.kind === 'invalid' || lines.length < 2) return row;
    const where = `is also on ${otherLines(lines, row.line)}, with another number of leading zeros`;
    return warned(row, `reference ${where}: a spreadsheet may have removed some`);
  });
}

/** AR24 mails an address for each row that has it: such rows get a warning, and those above the limit are invalid. */
function withSharedAddresses(
  rows: readonly ImportRow[],
  mostPerAddress: number,
): readonly ImportRow[] {
  const linesOf = new Map<string, number[]>();
  const placed = rows.map((row) => {
    if (row.kind === 'invalid') return { row };
    const mailbox = mailboxOf(row.request.email);
    const lines = linesOf.get(mailbox) ?? [];
    linesOf.set(mailbox, lines);
    return { row, lines, place: lines.push(row.line) };
  });
  return placed.map(({ row, lines = [], place = 1 }) => {
    if (row.kind === 'invalid' || lines.length < 2) return row;
    const where = `is also on ${otherLines(lines, row.line)}`;
    return place > mostPerAddress
      ? tooManyOfOneAddress(row, where, mostPerAddress)
      : warned(row, `email ${where}: AR24 mails it for each`);
  });
}

function warned(row: ValidRow, warning: string): ImportRow {
  return { ...row, warnings: [...row.warnings, warning] };
}

function tooManyOfOneAddress(
  { line, reference }: ValidRow,
  where: string,
  most: number,
): ImportRow {
  const message = `${where}, and at most ${most} rows may have one address: --per-address raises that`;
  return { kind: 'invalid', line, reference, faults: [{ column: 'email', message }] };
}
