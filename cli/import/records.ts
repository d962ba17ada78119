/** The records of a CSV file, each with the line on which it begins. */
import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';

export type Delimiter = ';' | ',' | '\t';

export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Many times the longest valid row. */
const LONGEST_RECORD = 64 * 1_024;
const CHUNK_BYTES = 64 * 1_024;

/** @throws FileError where a quote is out of place: the rest cannot be divided into cells then */
export async function* recordsOf(
  utf8: Buffer,
  delimiter: Delimiter,
): AsyncIterableIterator<CsvRecord> {
  const lineAt = lineCounter(utf8);
  let parsedTo = 0;
  const parser = parse({
    delimiter,
    info: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    // Called before any later error. The parser's own count is not available then.
    on_record(record, { bytes_records: end }) {
      parsedTo = end;
      return record;
    },
  });
  let begin = 0;
  try {
    const parsed = Readable.from(chunksOf(utf8)).pipe(parser);
    for await (const { record, info } of parsed as AsyncIterable<Parsed>) {
      // The parser itself counts a line end of two bytes within quotes twice.
      yield { line: lineAt(begin), cells: record };
      begin = info.bytes_records;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message quotes the cell, and its line may be wrong.
    const isFormula = FORMULA.test(lineFrom(utf8, parsedTo));
    throw new FileError(`line ${lineAt(parsedTo)}: ${isFormula ? AS_FORMULA : reasonOf(error)}`);
  }
}

/** Programs write cells so to keep Excel from reading them as numbers. */
const FORMULA = /(?:^|[;,\t])="/;
const AS_FORMULA =
  'a cell of the row that begins here is written as a formula, ="…", as for Excel alone: export the value without = before it';

function lineFrom(utf8: Buffer, begin: number): string {
  const [line = ''] = utf8
    .toString('utf8', begin, begin + LONGEST_RECORD)
    .replace(/^[\r\n]+/, '')
    .split(/[\r\n]/, 1);
  return line;
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: Info;
}

function* chunksOf(bytes: Buffer): IterableIterator<Buffer> {
  for (let begin = 0; begin < bytes.length; begin += CHUNK_BYTES) {
    yield bytes.subarray(begin, begin + CHUNK_BYTES);
  }
}

function reasonOf({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened in the row that begins here and never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'the row that begins here does not end: a quote in it may not be closed';
    default:
      return 'a quote in the row that begins here is out of place; a cell that holds a quote is put in quotes, and the quote doubled';
  }
}

/** Lines as an editor counts them: ended by LF, CR LF or CR, from 1 on. */
const LF = 0x0a;
const CR = 0x0d;

interface Line {
  readonly line: number;
  /** Offset of its first byte. */
  readonly begin: number;
  readonly content: Buffer;
}

export function* linesOf(bytes: Buffer): IterableIterator<Line> {
  let line = 1;
  for (let begin = 0; begin <= bytes.length; line++) {
    const end = endOfLine(bytes, begin);
    yield { line, begin, content: bytes.subarray(begin, end) };
    begin = end + (bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1);
  }
}

/**
 * @returns a function from a record's offset to its line number, without blank lines before it. Offsets have to
 *   rise: the bytes are read once.
 */
export function lineCounter(bytes: Buffer): (begin: number) => number {
  let at = 0;
  let line = 1;
  const pass = (): void => {
    const ends = bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF);
    if (ends) line += 1;
    at += 1;
  };
  return (begin) => {
    while (at < begin) pass();
    while (bytes[at] === LF || bytes[at] === CR) pass();
    return line;
  };
}

function endOfLine(bytes: Buffer, begin: number): number {
  for (let at = begin; at < bytes.length; at++) {
    if (bytes[at] === LF || bytes[at] === CR) return at;
  }
  return bytes.length;
}

/** The file as a whole is invalid. Never holds a cell's value. */
export class FileError extends Error {
  override readonly name = 'FileError';
}
