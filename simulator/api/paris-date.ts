const FORMAT = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;
const HOUR_MS = 3_600_000;
/** How far Paris can be ahead of UTC: in summer and in winter. */
const OFFSETS_MS = [2 * HOUR_MS, HOUR_MS];

const PARIS = new Intl.DateTimeFormat('en-GB', {
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
 * The moments that a `date` can mean (docs/ar24-api.md 1.3). Usually one; two in the repeated hour in
 * autumn, the earlier first; none if the text is malformed, the day does not exist, or the hour is skipped in spring.
 */
export function parseParisDate(text: string): readonly Date[] {
  const match = FORMAT.exec(text);
  if (match === null) return [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number);
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  return OFFSETS_MS.map((offset) => new Date(asUtc - offset)).filter(
    (moment) => formatParisDate(moment) === text,
  );
}

/** The moment in Paris time, `YYYY-MM-DD HH:MM:SS`. */
export function formatParisDate(moment: Date): string {
  const parts = new Map(PARIS.formatToParts(moment).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}
