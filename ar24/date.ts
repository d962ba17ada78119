/**
 * AR24's `date` parameter: `YYYY-MM-DD HH:MM:SS` on the clocks of Paris (docs/ar24-api.md 1.3).
 *
 * In the hour that autumn repeats, AR24 cannot tell which of the two is meant; nothing a client
 * sends can change that.
 */
// Swedish writes dates as AR24 does, but the parts are put together here, so as not to lean on it.
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

/**
 * @param aheadS seconds to add: AR24 takes from now to 10 minutes ahead and may refuse the past, so
 *   that a date of just now can come too late
 * @throws RangeError if `now` is no valid date
 */
export function ar24Date(now: Date, aheadS: number): string {
  const moment = new Date(now.getTime() + aheadS * 1000);
  const parts = new Map(PARIS.formatToParts(moment).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}
