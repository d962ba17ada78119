/** What a request asks of Temporal is bounded, also where the SDK keeps no deadline. */
import { afterEach, expect, test } from '@jest/globals';
import { TemporalUnavailableError } from '../../client/index.ts';
import { inTime } from '../../gateway/in-time.ts';
import { allEnded } from '../../gateway/under-way.ts';
import { whileReachable } from '../../gateway/while-reachable.ts';

const waiting: ((end: undefined) => void)[] = [];

afterEach(() => {
  for (const end of waiting.splice(0)) end(undefined);
});

/** Not as long as its test lasts. */
const never = (): Promise<undefined> => new Promise((resolve) => waiting.push(resolve));

test('a call that keeps no deadline is not waited for', async () => {
  await expect(inTime(never, 50)).rejects.toThrow(TemporalUnavailableError);
});

test('a worker is waited for only as long as Temporal itself answers', async () => {
  const pings = [() => Promise.resolve(), () => Promise.reject(new TemporalUnavailableError('x'))];
  const ping = () => (pings.shift() ?? never)();
  await expect(whileReachable({ ping }, never())).rejects.toThrow(TemporalUnavailableError);
  expect(pings).toHaveLength(0);
});

test('who answers first is heard, and nothing is asked any more then', async () => {
  const ping = () => Promise.reject(new Error('asked for nothing'));
  await expect(whileReachable({ ping }, Promise.resolve('view'))).resolves.toBe('view');
  await expect(whileReachable({ ping }, Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('what is not waited for any more has ended before all is closed', async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  await expect(inTime(() => promise, 20)).rejects.toThrow(TemporalUnavailableError);
  const order: string[] = [];
  const closed = allEnded().then(() => order.push('closed'));
  void promise.then(() => order.push('ended'));
  resolve('late');
  await closed;
  expect(order).toEqual(['ended', 'closed']);
});
