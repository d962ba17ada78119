/** Lines as an editor counts them: ended by LF, CR LF or CR, from 1 on. */
const LF = 0x0a;
const CR = 0x0d;

export interface Line {
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
 * @returns the number of the line on which the record lies that begins at an offset; blank lines before it
 * are passed over. Ask in the order of the file: it is read through once.
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
