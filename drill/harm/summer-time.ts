/** Paris changes its clocks at 1:00 UTC on the last Sundays of March and October. */

const MARCH = 2;
const OCTOBER = 9;

/** The next change to summer time, and the one to winter time after it. */
export function nextChanges(now: Date): readonly [Date, Date] {
  const thisYear = lastSunday(now.getUTCFullYear(), MARCH);
  const spring = thisYear > now ? thisYear : lastSunday(now.getUTCFullYear() + 1, MARCH);
  return [spring, lastSunday(spring.getUTCFullYear(), OCTOBER)];
}

function lastSunday(year: number, month: number): Date {
  // Both months have 31 days.
  const last = new Date(Date.UTC(year, month, 31, 1));
  last.setUTCDate(31 - last.getUTCDay());
  return last;
}
