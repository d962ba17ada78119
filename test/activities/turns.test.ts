import { expect, test } from '@jest/globals';
import { createTurns } from '../../activities/turns.ts';

const { signal } = new AbortController();

test('the most urgent goes first, and those of the same urgency in the order they came', async () => {
  const turn = createTurns(5);
  const served: string[] = [];
  const wait = (name: string, priority: number) =>
    turn(signal, priority).then(() => served.push(name));
  const bulk = Array.from({ length: 9 }, (_, n) => wait(`bulk ${n}`, 4));
  await Promise.all(bulk.slice(0, 5));
  // Four of them wait when he comes who signs up right now.
  await Promise.all([wait('now', 2), ...bulk]);
  expect(served.indexOf('now')).toBe(5);
  expect(served.filter((name) => name !== 'now')).toEqual(bulk.map((_, n) => `bulk ${n}`));
});

test('who goes away takes no turn from the others', async () => {
  const turn = createTurns(2);
  await Promise.all([turn(signal, 3), turn(signal, 3)]);
  const leaving = new AbortController();
  const gone = turn(leaving.signal, 1);
  const stays = turn(signal, 5);
  leaving.abort(new Error('gone'));
  await expect(gone).rejects.toThrow('gone');
  await stays;
});

test('a clock that is set back holds up nobody, nor does it let through more', async () => {
  const turn = createTurns(5);
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
