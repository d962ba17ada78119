/**
 * AR24's `date` parameter: `YYYY-MM-DD HH:MM:SS` in Paris time (docs/ar24-api.md 1.3).
 *
 * In autumn, when the clocks go back, one hour is repeated. A date in it is ambiguous to AR24, and the format
 * gives a client no way to say which of the two hours it means.
 */
// The date is built from its parts, so that it does not depend on how a locale writes dates.
const PARIS = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** @throws RangeError if `moment` is no valid date */
export function ar24Date(moment: Date): string {
  const parts = new Map(PARIS.formatToParts(moment).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}
