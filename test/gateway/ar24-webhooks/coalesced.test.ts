import { expect, test } from '@jest/globals';
import { coalesced } from '../../../gateway/ar24-webhooks/coalesced.ts';

/** Longer than a busy machine takes from one line of a test to the next. */
const GAP_MS = 1_000;

test('the first call begins at once; later ones share a call that begins after them', async () => {
  const started: string[] = [];
  const done = coalesced(GAP_MS, (key) => {
    started.push(key);
    return Promise.resolve(started.length);
  });
  const first = done('a');
  expect(started).toEqual(['a']);
  const later = [done('a'), done('a'), done('a')];
  const other = done('b');
  expect(started).toEqual(['a', 'b']);
  expect(await Promise.all([first, ...later, other])).toEqual([1, 3, 3, 3, 2]);
  expect(started).toEqual(['a', 'b', 'a']);
});

test('all waiting calls get a failure, and later ones do not', async () => {
  let tries = 0;
  const done = coalesced(GAP_MS, () => {
    tries++;
    return tries === 2 ? Promise.reject(new Error('away')) : Promise.resolve(tries);
  });
  const results = await Promise.allSettled([done('a'), done('a'), done('a')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await done('a')).toBe(3);
});
