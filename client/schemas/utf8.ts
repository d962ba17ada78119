/** Decodes bytes strictly: a wrongly decoded letter would reach AR24 as U+FFFD, and stay there. */

/** Contains nothing of the bytes. */
export class NotUtf8Error extends Error {
  override readonly name = 'NotUtf8Error';
  /** The HTTP server answers with it. */
  readonly statusCode = 400;
}

const UTF16_MARKS = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

/**
 * The text without a byte order mark.
 *
 * @throws NotUtf8Error, whose message completes a sentence such as "the body ..."
 */
export function textIn(bytes: Uint8Array): string {
  if (looksLikeUtf16(bytes)) throw new NotUtf8Error('is UTF-16: it has to be UTF-8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotUtf8Error(
      'is not valid UTF-8: a letter in it has another encoding, such as Latin-1 or Windows-1252',
    );
  }
}

/** JSON, forms and addresses begin with ASCII: a NUL byte there is half of a UTF-16 letter. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const begin = bytes.subarray(0, 2);
  return (
    begin.includes(0) || UTF16_MARKS.some((mark) => mark.every((byte, n) => begin[n] === byte))
  );
}
