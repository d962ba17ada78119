import { expect, test } from '@jest/globals';
import { checkedPolicy } from '../../worker/policy-schema.ts';
import { DEFAULT_POLICY, type Policy } from '../../workflows/contract/index.ts';

test('a setting that is absent has its default', () => {
  expect(checkedPolicy(undefined)).toEqual(DEFAULT_POLICY);
  expect(checkedPolicy({ notify: true, reminderDays: [] })).toEqual({
    ...DEFAULT_POLICY,
    notify: true,
    reminderDays: [],
  });
});

test.each<[string, Partial<Policy>, RegExp]>([
  ['days in falling order', { reminderDays: [5, 2] }, /reminderDays: the days must rise/],
  ['no deadline', { deadlineDays: 0 }, /deadlineDays/],
  [
    'an unknown time zone',
    { reminderHours: { from: 9, to: 19, timeZone: 'Europe/Lutetia' } },
    /reminderHours.timeZone: is no time zone/,
  ],
  [
    'hours that end before they begin',
    { reminderHours: { from: 19, to: 9, timeZone: 'Europe/Paris' } },
    /reminderHours: from must be less than to/,
  ],
  ['polls that never happen', { poll: { firstSeconds: 60, maxSeconds: 30 } }, /poll: firstSeconds/],
])('a policy with %s keeps the worker from starting', (_name, changes, why) => {
  expect(() => checkedPolicy(changes)).toThrow(why);
});
