/** A longer pause that a server names is cut to this. */
const MOST_MS = 60 * 60 * 1000;

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): whole seconds, or an HTTP date.
 *
 * @returns milliseconds, at most an hour; undefined if there is no header or it cannot be parsed
 */
export function retryAfterMs(header: string | null, now: Date): number | undefined {
  const value = header?.trim() ?? '';
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, MOST_MS);
  // Date.parse accepts nearly any text; an HTTP date always ends in GMT.
  if (!value.endsWith(' GMT')) return undefined;
  const waitMs = Date.parse(value) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MOST_MS);
}
