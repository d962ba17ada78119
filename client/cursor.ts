/**
 * Cursors of pages, in the open at who turns them: Temporal's own token with a mark that only we can make.
 * Temporal takes a made-up token for a trouble of its own, and is asked again and again.
 */
import { InvalidRequestError } from './errors/index.ts';
import { cursorMark, type HashKey } from './hash-key.ts';

const WRITTEN = /^([0-9a-f]{32})([A-Za-z0-9_-]{1,4000})$/;

/** @returns null where there is no next page */
export function cursorOf(query: string, nextPageToken: Uint8Array, key: HashKey): string | null {
  const token = Buffer.from(nextPageToken).toString('base64url');
  return token === '' ? null : cursorMark(query, token, key) + token;
}

/**
 * Temporal's token in a cursor.
 *
 * @param keys the key in use, and those in use before
 * @throws InvalidRequestError unless it is of this very search
 */
export function tokenIn(cursor: string, query: string, keys: readonly HashKey[]): Buffer {
  const [, mark = '', token = ''] = WRITTEN.exec(cursor) ?? [];
  if (keys.some((key) => cursorMark(query, token, key) === mark)) {
    return Buffer.from(token, 'base64url');
  }
  const message = 'is no cursor of a page before, with the same filter';
  throw new InvalidRequestError([{ path: 'cursor', message }]);
}
