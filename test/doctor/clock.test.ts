/** The remedy where AR24 refuses the date of our calls. */
import { expect, test } from '@jest/globals';
import { Ar24ClockError } from '../../ar24/index.ts';
import { checkClock } from '../../cli/doctor/clock.ts';

const refused = (slug: string) => new Ar24ClockError({ method: 'GET', route: '/user/list' }, slug);

test.each([
  ['date_in_future', 290, 400, /AR24_DATE_AHEAD_S=10 \(now 400\)/],
  ['date_in_future', 590, 120, /AR24_DATE_AHEAD_S \(now 120.*cannot compensate/],
  ['date_in_future', 3600, 120, /AR24_DATE_AHEAD_S \(now 120.*cannot compensate/],
  ['date_in_future', 0, 120, /a lower AR24_DATE_AHEAD_S \(now 120/],
  ['date_in_future', undefined, 600, /a lower AR24_DATE_AHEAD_S \(now 600/],
  ['expired_date', -150, 120, /AR24_DATE_AHEAD_S=450 \(now 120\)/],
  ['expired_date', undefined, 0, /a higher AR24_DATE_AHEAD_S \(now 0/],
] as const)(
  '%s, by the header %p s off, signed %d s ahead',
  (slug, differenceS, aheadS, message) => {
    const { state, todo } = checkClock({ failure: refused(slug), differenceS, aheadS });
    expect(state).toBe('failed');
    expect(todo).toEqual([expect.stringContaining('NTP'), expect.stringMatching(message)]);
  },
);

test('for a date that AR24 cannot parse no seconds are proposed', () => {
  const { todo } = checkClock({ failure: refused('invalid_date'), differenceS: 0, aheadS: 120 });
  expect(todo).toEqual([expect.stringContaining('NTP')]);
});
