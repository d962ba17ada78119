import { expect, test } from '@jest/globals';
import { createRateLimiter } from '../../activities/rate-limiter.ts';

const { signal } = new AbortController();

test('calls are served by priority, and in the order of arrival within one priority', async () => {
  const turn = createRateLimiter(5);
  const served: string[] = [];
  const wait = (name: string, priority: number) =>
    turn(signal, priority).then(() => served.push(name));
  const bulk = Array.from({ length: 9 }, (_, n) => wait(`bulk ${n}`, 4));
  await Promise.all(bulk.slice(0, 5));
  // Four of them still wait when a person signs up.
  await Promise.all([wait('now', 2), ...bulk]);
  expect(served.indexOf('now')).toBe(5);
  expect(served.filter((name) => name !== 'now')).toEqual(bulk.map((_, n) => `bulk ${n}`));
});

test('a caller that aborts takes no turn from the others', async () => {
  const turn = createRateLimiter(2);
  await Promise.all([turn(signal, 3), turn(signal, 3)]);
  const leaving = new AbortController();
  const gone = turn(leaving.signal, 1);
  const stays = turn(signal, 5);
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  await stays;
});

test('a clock that is set back neither delays calls nor lets more through', async () => {
  const turn = createRateLimiter(5);
  const take = (count: number) => Promise.all(Array.from({ length: count }, () => turn(signal, 3)));
  const begin = performance.now();
  await take(5);
  const right = Date.now.bind(Date);
  Date.now = () => right() - 30 * 60_000;
  try {
    await take(6);
  } finally {
    Date.now = right;
  }
  expect(performance.now() - begin).toBeGreaterThan(1_900);
});

test('after a caller aborts while the share is not known, the share is not requested any more', async () => {
  let shareRequests = 0;
  const turn = createRateLimiter(5, () => {
    shareRequests += 1;
    return Promise.resolve(undefined);
  });
  const leaving = new AbortController();
  const gone = turn(leaving.signal, 1);
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  const before = shareRequests;
  // Meanwhile a limiter that still polled would have requested the share several times.
  const known = createRateLimiter(5, () => Promise.resolve({ calls: 1, perMs: 300 }));
  await Promise.all([known(signal, 1), known(signal, 1)]);
  expect(shareRequests).toBeLessThanOrEqual(before + 1);
});

test('a share that shrinks holds from the next turn on', async () => {
  let calls = 5;
  const turn = createRateLimiter(5, () => Promise.resolve({ calls, perMs: 1_000 }));
  const begin = performance.now();
  await Promise.all([turn(signal, 3), turn(signal, 3)]);
  calls = 1;
  await Promise.all([turn(signal, 3), turn(signal, 3)]);
  expect(performance.now() - begin).toBeGreaterThan(1_900);
});
