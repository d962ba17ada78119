/**
 * Decodes a file: by the given encoding, otherwise as UTF-8 if all of it is valid UTF-8, otherwise as
 * Windows-1252 if the text looks right so.
 */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { FileError, linesOf } from './records.ts';

export interface Decoded {
  readonly encoding: (typeof ENCODINGS)[EncodingName];
  /** The text in UTF-8, without a mark at its beginning. */
  readonly utf8: Buffer;
  /** Doubts about the encoding. */
  readonly warnings: readonly string[];
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
/** Of spreadsheet files: a ZIP archive, and the older format. */
const SPREADSHEET_MARKS = [
  Buffer.from([0x50, 0x4b, 0x03, 0x04]),
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
];
/** Excel's names for its encodings. */
const WRITTEN_BY = {
  'windows-1252': '',
  cp850: ', which Excel calls CSV (MS-DOS)',
  macroman: ', which Excel calls CSV (Macintosh)',
} as const;

/**
 * @param given by a person who knows the file
 * @throws FileError that says what the file seems to be instead
 */
export function decode(bytes: Buffer, given?: EncodingName): Decoded {
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
    const isOther = given !== undefined && given !== 'utf-8' && bytes.some((byte) => byte > 0x7f);
    if (isOther) throw new FileError('all of it is valid UTF-8: leave --encoding out');
    const utf8 = isMarked ? bytes.subarray(UTF8_MARK.length) : bytes;
    return { encoding: 'UTF-8', utf8, warnings: [] };
  }
  const { utf8Line, otherLine } = linesByEncoding(bytes);
  if (isMarked)
    throw new FileError(`it is marked as UTF-8, and line ${otherLine} is not valid UTF-8`);
  if (given === 'utf-8') throw new FileError(`line ${otherLine} is not valid UTF-8`);
  if (given !== undefined) return decodeAs(bytes, given, []);
  if (utf8Line !== undefined) {
    throw new FileError(
      `line ${utf8Line} is UTF-8 and line ${otherLine} is not, as in a file that was joined from two: ` +
        'letters would be wrong in one part',
    );
  }
  const suspicion = suspicionOf(bytes);
  if (suspicion?.isSure === true) {
    throw new FileError(
      `line ${suspicion.line} holds a byte that is no letter in UTF-8 or Windows-1252: ` +
        remedy(suspicion),
    );
  }
  const doubt = suspicion && `line ${suspicion.line}: letters may be wrong: ${remedy(suspicion)}`;
  return decodeAs(bytes, 'windows-1252', doubt === undefined ? [] : [doubt]);
}

function remedy({ likely }: Suspicion): string {
  const guess =
    likely === 'windows-1252'
      ? 'set --encoding cp850 or macroman'
      : `if it is ${ENCODINGS[likely]}${WRITTEN_BY[likely]}, set --encoding ${likely}`;
  return `save it as CSV (UTF-8), or ${guess}; if the letters are right, set --encoding windows-1252`;
}

function decodeAs(
  bytes: Buffer,
  name: Exclude<EncodingName, 'utf-8'>,
  warnings: readonly string[],
): Decoded {
  return { encoding: ENCODINGS[name], utf8: Buffer.from(iconv.decode(bytes, name)), warnings };
}

/** The first line with non-ASCII letters in UTF-8, and the first that is not valid UTF-8. */
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

/** The encodings of `--encoding`, with their names for people. */
export const ENCODINGS = {
  'utf-8': 'UTF-8',
  'windows-1252': 'Windows-1252',
  cp850: 'CP850',
  macroman: 'Mac Roman',
} as const;
export type EncodingName = keyof typeof ENCODINGS;
type OneByte = Exclude<EncodingName, 'utf-8'>;

interface Suspicion {
  readonly line: number;
  /** Whether it cannot be Windows-1252, or only looks less like it. */
  readonly isSure: boolean;
  readonly likely: OneByte;
}

/** A guess needs no more lines with letters beyond ASCII. */
const MOST_LINES = 2_000;

/** Five bytes that have no meaning in Windows-1252. */
const NO_LETTER = /[\u0081\u008d\u008f\u0090\u009d\ufffd]/u;
/** Signs within a word, which are letters in CP850 and Mac Roman; and capitals there. */
const NO_WORD = /\p{L}[‚ƒ„†‡ˆ‰‹›•˜™¤¨¸¿“”‘](?:\p{L}|$)|\p{Ll}[‚ƒ†‡ˆ‰‹˜¤¨¸¿ŠŽŒŸ]/u;

const LIKELY = /[éèêëàâäçîïôöùûüÿœæñ]|(?<!\p{Ll})[ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŒÆ]|(?<=\p{L})’(?=\p{L})|n°/gu;
const UNLIKELY = /(?<=\p{L})[^\p{L}\p{M}\p{Z}\p{ASCII}’«»°]|(?<=\p{Ll})(?!\p{ASCII})\p{Lu}/gu;

/** The evidence against Windows-1252, by how French the text looks. @param bytes that are no UTF-8 */
function suspicionOf(bytes: Buffer): Suspicion | undefined {
  const lines = linesBeyondAscii(bytes);
  const likely = likeliest(lines.map(({ content }) => content));
  const odd = lines.find(({ content }) => {
    const text = iconv.decode(content, 'win1252');
    return NO_LETTER.test(text) || cellsIn(text).some((cell) => NO_WORD.test(cell));
  });
  if (odd !== undefined) {
    const other = likely === 'windows-1252' ? likeliest([odd.content]) : likely;
    return { line: odd.line, isSure: true, likely: other };
  }
  const [first] = lines;
  if (first === undefined || likely === 'windows-1252') return undefined;
  return { line: first.line, isSure: false, likely };
}

function linesBeyondAscii(bytes: Buffer) {
  const found: { line: number; content: Buffer }[] = [];
  for (const { line, content } of linesOf(bytes)) {
    if (content.some((byte) => byte > 0x7f)) found.push({ line, content });
    if (found.length === MOST_LINES) break;
  }
  return found;
}

function cellsIn(line: string): readonly string[] {
  return line.split(/[;,\t"]/);
}

/** Windows-1252, unless another encoding is more likely. */
function likeliest(lines: readonly Buffer[]): OneByte {
  const scored = (['windows-1252', 'cp850', 'macroman'] as const).map((name) => ({
    name,
    score: lines.reduce((sum, line) => sum + scoreOf(iconv.decode(line, name)), 0),
  }));
  return scored.toSorted((a, b) => b.score - a.score)[0]?.name ?? 'windows-1252';
}

function scoreOf(text: string): number {
  return (text.match(LIKELY) ?? []).length - (text.match(UNLIKELY) ?? []).length;
}
