import { expect, test } from '@jest/globals';
import { RequestCounts } from '../../codec/request-counts.ts';
import { eventually } from '../support/eventually.ts';

function countsOf(counts = new RequestCounts(), windowMs = 60_000) {
  return (caller: string) =>
    new Promise<{ current: number; ttl: number }>((resolve) => {
      counts.incr(
        caller,
        (_error, result) => {
          resolve(result);
        },
        windowMs,
      );
    });
}

test('each caller is counted separately, and each limit', async () => {
  const counts = new RequestCounts();
  const count = countsOf(counts);
  await count('one');
  expect(await count('one')).toMatchObject({ current: 2 });
  expect(await count('other')).toMatchObject({ current: 1 });
  expect(await countsOf(counts.child())('one')).toMatchObject({ current: 1 });
});

test('a window ends, however often the count is read meanwhile', async () => {
  const count = countsOf(new RequestCounts(), 200);
  const first = await count('one');
  expect(first.ttl).toBeGreaterThan(0);
  expect(first.ttl).toBeLessThanOrEqual(200);
  await eventually(
    'begun again',
    () => count('one'),
    ({ current }) => current === 1,
  );
});
