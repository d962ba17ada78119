import { expect, test } from '@jest/globals';
import { joined } from '../../../gateway/ar24-webhooks/joined.ts';

test('the first begins at once; those that come meanwhile have it done once more, after they came', async () => {
  const begun: string[] = [];
  const done = joined(20, (key) => {
    begun.push(key);
    return Promise.resolve(begun.length);
  });
  const first = done('a');
  expect(begun).toEqual(['a']);
  const later = [done('a'), done('a'), done('a')];
  const other = done('b');
  expect(begun).toEqual(['a', 'b']);
  expect(await Promise.all([first, ...later, other])).toEqual([1, 3, 3, 3, 2]);
  expect(begun).toEqual(['a', 'b', 'a']);
});

test('a failure is told to all who waited for it, and to nobody after them', async () => {
  let tries = 0;
  const done = joined(10, () => {
    tries++;
    return tries === 2 ? Promise.reject(new Error('away')) : Promise.resolve(tries);
  });
  const told = await Promise.allSettled([done('a'), done('a'), done('a')]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await done('a')).toBe(3);
});
