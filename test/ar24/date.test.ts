import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ar24Date } from '../../ar24/date.ts';

describe("AR24's date", () => {
  it.each([
    ['in winter', '2026-01-15T12:30:05Z', '2026-01-15 13:30:05'],
    ['in summer', '2026-07-15T12:30:05Z', '2026-07-15 14:30:05'],
    ['at midnight, which is hour 00', '2026-01-14T23:00:00Z', '2026-01-15 00:00:00'],
    ['at the turn of the year', '2026-12-31T23:00:00Z', '2027-01-01 00:00:00'],
    ['the second before the clocks go forward', '2026-03-29T00:59:59Z', '2026-03-29 01:59:59'],
    ['the second the clocks go forward', '2026-03-29T01:00:00Z', '2026-03-29 03:00:00'],
    ['in the hour before the repeated one', '2026-10-24T23:59:59Z', '2026-10-25 01:59:59'],
    [
      'the last second of the repeated hour, first time',
      '2026-10-25T00:59:59Z',
      '2026-10-25 02:59:59',
    ],
    ['the second the clocks go back', '2026-10-25T01:00:00Z', '2026-10-25 02:00:00'],
    ['once the repeated hour is over', '2026-10-25T02:00:00Z', '2026-10-25 03:00:00'],
  ])('is in Paris time %s', (_, now, expected) => {
    expect(ar24Date(new Date(now))).toBe(expected);
  });

  it('has one form at any time', () => {
    const time = fc.date({
      min: new Date('1990-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(time, (now) => {
        expect(ar24Date(now)).toMatch(/^\d{4}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);
      }),
    );
  });

  it('throws for an invalid date', () => {
    expect(() => ar24Date(new Date(Number.NaN))).toThrow(RangeError);
  });
});
