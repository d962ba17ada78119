/** The calls of a request to Temporal have a deadline, also if the SDK overruns its own. */
import { afterEach, expect, test } from '@jest/globals';
import { TemporalUnavailableError } from '../../client/index.ts';
import { TemporalCalls } from '../../gateway/temporal-calls.ts';

const waiting: ((end: undefined) => void)[] = [];

afterEach(() => {
  for (const end of waiting.splice(0)) end(undefined);
});

/** A call that lasts until the end of its test. */
const never = (): Promise<undefined> => new Promise((resolve) => waiting.push(resolve));

const noPing = { ping: () => Promise.reject(new Error('pinged')) };

test('a call that overruns its deadline is abandoned', async () => {
  const calls = new TemporalCalls(noPing, 50);
  await expect(calls.withDeadline(never)).rejects.toThrow(
    new TemporalUnavailableError('no answer within 0.05 s'),
  );
});

test('waiting for a worker ends when Temporal stops answering pings', async () => {
  const pings = [() => Promise.resolve(), () => Promise.reject(new TemporalUnavailableError('x'))];
  const calls = new TemporalCalls({ ping: () => (pings.shift() ?? never)() });
  await expect(calls.whileReachable(never())).rejects.toThrow(TemporalUnavailableError);
  expect(pings).toHaveLength(0);
});

test('the first answer counts, and Temporal is not pinged after it', async () => {
  const calls = new TemporalCalls(noPing);
  await expect(calls.whileReachable(Promise.resolve('view'))).resolves.toBe('view');
  await expect(calls.whileReachable(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('an abandoned call has ended before the gateway is closed', async () => {
  const calls = new TemporalCalls(noPing, 20);
  const { promise, resolve } = Promise.withResolvers<string>();
  await expect(calls.withDeadline(() => promise)).rejects.toThrow(TemporalUnavailableError);
  const order: string[] = [];
  const closed = calls.ended().then(() => order.push('closed'));
  void promise.then(() => order.push('ended'));
  resolve('late');
  await closed;
  expect(order).toEqual(['ended', 'closed']);
});
