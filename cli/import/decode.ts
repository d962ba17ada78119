/** Which bytes stand for which letters: UTF-8 where it is that to the last byte, else Windows-1252. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { FileError } from './file-error.ts';
import { linesOf } from './lines.ts';

export interface Decoded {
  readonly encoding: 'UTF-8' | 'Windows-1252';
  /** The text in UTF-8, without a mark at its beginning. */
  readonly utf8: Buffer;
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
/** Of the files of spreadsheet programs: a ZIP archive, and what came before that. */
const SPREADSHEET_MARKS = [
  Buffer.from([0x50, 0x4b, 0x03, 0x04]),
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
];
/** Five bytes mean nothing in Windows-1252. */
const NO_LETTER = '\uFFFD';

/** @throws FileError that tells what the file seems to be instead */
export function decode(bytes: Buffer): Decoded {
  if (bytes.length === 0) throw new FileError('it is empty');
  if (startsWith(bytes, SPREADSHEET_MARKS)) {
    throw new FileError("it is a spreadsheet program's own file: save it there as CSV (UTF-8)");
  }
  if (startsWith(bytes, UTF16_MARKS)) {
    throw new FileError('it is UTF-16 ("Unicode text"): save it as CSV (UTF-8)');
  }
  if (bytes.includes(0)) {
    throw new FileError(
      `line ${lineOf(bytes, bytes.indexOf(0))} holds a NUL byte, so it is no CSV in UTF-8 or ` +
        'Windows-1252; it may be UTF-16, or no text at all',
    );
  }
  const isMarked = startsWith(bytes, [UTF8_MARK]);
  if (isUtf8(bytes)) {
    return { encoding: 'UTF-8', utf8: isMarked ? bytes.subarray(UTF8_MARK.length) : bytes };
  }
  const { utf8Line, otherLine } = linesByEncoding(bytes);
  if (isMarked) throw new FileError(`it says that it is UTF-8, and line ${otherLine} is not`);
  if (utf8Line !== undefined) {
    throw new FileError(
      `line ${utf8Line} is UTF-8 and line ${otherLine} is not, as where two files were joined: ` +
        'letters would be wrong in one of them',
    );
  }
  return { encoding: 'Windows-1252', utf8: fromWindows(bytes) };
}

function fromWindows(bytes: Buffer): Buffer {
  const utf8 = Buffer.from(iconv.decode(bytes, 'win1252'));
  const at = utf8.indexOf(NO_LETTER);
  if (at < 0) return utf8;
  throw new FileError(
    `line ${lineOf(utf8, at)} holds a byte that is no letter in UTF-8 or Windows-1252: ` +
      'save it as CSV (UTF-8)',
  );
}

/** The first line with letters in UTF-8, and the first that cannot be UTF-8. */
function linesByEncoding(bytes: Buffer): { utf8Line?: number; otherLine?: number } {
  const found: { utf8Line?: number; otherLine?: number } = {};
  for (const { line, content } of linesOf(bytes)) {
    if (!isUtf8(content)) found.otherLine ??= line;
    else if (content.some((byte) => byte > 0x7f)) found.utf8Line ??= line;
  }
  return found;
}

function startsWith(bytes: Buffer, marks: readonly Buffer[]): boolean {
  return marks.some((mark) => bytes.subarray(0, mark.length).equals(mark));
}

function lineOf(bytes: Buffer, at: number): number {
  let last = 1;
  for (const { line, begin } of linesOf(bytes)) {
    if (begin > at) break;
    last = line;
  }
  return last;
}
