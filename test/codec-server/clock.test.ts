import { expect, test } from '@jest/globals';
import { withClockSetBack } from '../support/clock.ts';
import { startCodec } from './server.ts';

test('a clock that is set back by half an hour leaves the window at a minute', async () => {
  const codec = await startCodec();
  const live = () => fetch(new URL('/live', codec.url));
  await live();
  const { status, headers } = await withClockSetBack(live);
  expect(status).toBe(200);
  expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(0);
  expect(Number(headers.get('x-ratelimit-reset'))).toBeLessThanOrEqual(60);
});
