/** The records of a CSV file, one after the other, each with the line on which it begins. */
import { Readable } from 'node:stream';
import { CsvError, parse, type Info } from 'csv-parse';
import { FileError } from './file-error.ts';
import { lineCounter } from './lines.ts';

export type Delimiter = ';' | ',' | '\t';

export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Many times the longest row that makes sense. */
const LONGEST_RECORD = 64 * 1_024;
const CHUNK_BYTES = 64 * 1_024;

/** @throws FileError where a quote makes no sense: what follows could be anything */
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
    // Told before any error that comes after; the parser's own sum of these is of no use.
    on_record(record, { bytes_records: end }) {
      parsedTo = end;
      return record;
    },
  });
  let begin = 0;
  try {
    const parsed = Readable.from(chunksOf(utf8)).pipe(parser);
    for await (const { record, info } of parsed as AsyncIterable<Parsed>) {
      // The parser's own count takes a line end of two bytes within quotes for two.
      yield { line: lineAt(begin), cells: record };
      begin = info.bytes_records;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message quotes the cell; and records before it may not have come through.
    throw new FileError(`line ${lineAt(parsedTo)}: ${wordsFor(error)}`);
  }
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

function wordsFor({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is opened in the row that begins here and never closed';
    case 'CSV_MAX_RECORD_SIZE':
      return 'the row that begins here does not end: a quote in it may not be closed';
    default:
      return 'a quote in the row that begins here is out of place; a cell that holds a quote is put in quotes, and the quote doubled';
  }
}
