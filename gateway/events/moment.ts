/** Numbers from here on are milliseconds: as seconds they would be in the far future. */
const MILLISECONDS_FROM = 100_000_000_000;
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)$/;
/** Postgres writes offsets of whole hours with two digits. */
const SHORT_OFFSET = /([+-]\d\d)$/;

/**
 * Parses the times of providers: Unix time in seconds or milliseconds, or ISO 8601 with an offset.
 *
 * @returns ms since the epoch
 */
export function momentOf(value: unknown): number | undefined {
  if (typeof value === 'string' && ISO_8601.test(value)) {
    const at = Date.parse(value.replace(SHORT_OFFSET, '$1:00'));
    return Number.isNaN(at) ? undefined : at;
  }
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined;
  return number < MILLISECONDS_FROM ? number * 1_000 : number;
}
