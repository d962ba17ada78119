import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from '../../ar24/retry-after.ts';
import { NOW } from './server.ts';

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['90', 90_000],
    [' 90 ', 90_000],
    ['3600', 3_600_000],
    ['3601', 3_600_000],
    ['99999999999999999999', 3_600_000],
    ['Tue, 24 Nov 2026 13:02:00 GMT', 120_000],
    ['Tue, 24 Nov 2026 12:00:00 GMT', 0],
    ['Tue, 24 Nov 2099 12:00:00 GMT', 3_600_000],
  ])('of %j is %i ms, an hour at most', (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected);
  });

  it.each([null, '', 'soon', '-5', '1.5', '2026-11-24', 'not a date GMT'])(
    'of %j is ignored',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeUndefined();
    },
  );
});
