/** More starts than Temporal can take: as many as it can take succeed, and the others are refused at once. */
import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { TemporalUnavailableError } from '../../client/index.ts';
import { TemporalCalls } from '../../gateway/temporal-calls.ts';

const noPing = { ping: () => Promise.reject(new Error('pinged')) };

/** Works on one request after another, also on those whose callers have given up, as a database does. */
function slowTemporal(msEach: number) {
  let last: Promise<unknown> = Promise.resolve();
  return (): Promise<string> => {
    const mine = last.then(() => pause(msEach)).then(() => 'started');
    last = mine;
    return mine;
  };
}

test('three hundred sign-ups at once, each repeated until it succeeds, end', async () => {
  // Twenty starts take as long as the deadline. On a busy machine fewer do, and at least four have to.
  const calls = new TemporalCalls(noPing, 200);
  const start = slowTemporal(10);
  let refused = 0;
  const signUp = async (): Promise<string> => {
    for (;;) {
      try {
        return await calls.startWithDeadline(start);
      } catch (error) {
        if (!(error instanceof TemporalUnavailableError)) throw error;
        refused += 1;
        await pause(150);
      }
    }
  };
  const ended = await Promise.all(Array.from({ length: 300 }, signUp));
  expect(ended).toHaveLength(300);
  expect(refused).toBeGreaterThan(0);
});

test('a refused start is not begun', async () => {
  const calls = new TemporalCalls(noPing, 20);
  let begun = 0;
  const never = () => {
    begun += 1;
    return new Promise<never>(() => undefined);
  };
  const starts = Array.from({ length: 300 }, () => calls.startWithDeadline(never));
  const ends = await Promise.allSettled(starts);
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
  expect(begun).toBe(200);
  await expect(calls.startWithDeadline(never)).rejects.toThrow('no answer within');
});
