/** Times and spans for people. Times are ISO 8601 UTC; `now` is ms since the epoch. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Each unit is used until a number of it gets long. */
const UNITS = [
  { below: 2 * MINUTE, of: SECOND, name: (n: number) => `${n} s` },
  { below: 2 * HOUR, of: MINUTE, name: (n: number) => `${n} min` },
  { below: 2 * DAY, of: HOUR, name: (n: number) => `${n} h` },
  { below: Infinity, of: DAY, name: (n: number) => `${n} days` },
] as const;

/** Such as "3 min" or "2 days": rounded down for the past, to the nearest for the future. */
function span(ms: number, whole: (units: number) => number): string {
  const length = Math.max(0, ms);
  const unit = UNITS.find(({ below }) => length < below) ?? UNITS[3];
  return unit.name(whole(length / unit.of));
}

export function spanSince(iso: string, now: number): string {
  return span(now - Date.parse(iso), Math.floor);
}

/** Such as "3 min ago"; "just now" also for a time of a clock that is a little ahead. */
export function ago(iso: string, now: number): string {
  const ms = now - Date.parse(iso);
  return ms < SECOND ? 'just now' : `${span(ms, Math.floor)} ago`;
}

/** Such as "in 3 min"; "now" once it is due. */
export function ahead(iso: string, now: number): string {
  const ms = Date.parse(iso) - now;
  return ms < SECOND ? 'now' : `in ${span(ms, Math.round)}`;
}

/** In the reader's time zone, to the minute. */
export function onTheClock(iso: string): string {
  return toTheSecond(iso).slice(0, -3);
}

/** The same, to the second. */
export function toTheSecond(iso: string): string {
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}
