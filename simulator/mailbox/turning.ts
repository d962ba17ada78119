import { keeping, type Reader } from './page.ts';

/** So many are shown at once: a page is looked at again every two seconds. */
const SHOWN = 50;

/** One page of a long list, and where to turn. */
interface Turned<T> {
  /** Oldest first, as the list. */
  readonly shown: readonly T[];
  readonly newer?: string;
  readonly older?: string;
}

/**
 * The page that the reader has turned to, the first one with the newest.
 *
 * @param all oldest first
 */
export function turnedTo<T>(all: readonly T[], reader: Reader, path: string): Turned<T> {
  const last = Math.max(1, Math.ceil(all.length / SHOWN));
  const at = Math.min(reader.page, last);
  const end = all.length - (at - 1) * SHOWN;
  return {
    shown: all.slice(Math.max(0, end - SHOWN), end),
    ...(at > 1 && { newer: keeping(reader, path, at - 1) }),
    ...(at < last && { older: keeping(reader, path, at + 1) }),
  };
}
