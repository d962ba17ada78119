/** Calls that are stopped or cancelled while they run: the result reports what AR24 may have carried out. */
import { expect, test } from '@jest/globals';
import type { Faults, Route, Simulator } from '../../simulator/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const accountFields = {
  email,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'Brûlé',
} as const;
const RETRY_BUDGET_MS = 15 * 60_000;
const ONCE = { maximumAttempts: 1 };

const WRITES = [
  ['requestAccess', 'POST /user/request_access'],
  ['requestTerms', 'POST /user/request_cgu'],
  ['requestPayment', 'POST /user/payment_request'],
  ['orderIdentity', 'POST /user/identity'],
] as const;

const slow = (route: Route, ms = 3_000): Faults => ({
  latencyMs: { min: ms, max: ms, routes: [route], count: 1 },
});

function called(simulator: Simulator, route: string) {
  return eventually(
    `called ${route}`,
    () => Promise.resolve(callsTo(simulator, route)),
    (calls) => calls === 1,
  );
}

test('a worker shuts down while calls wait for the rate limiter: no call counts as sent', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls({ maxCallsPerSecond: 0.1 });
  simulator.createAccount(accountFields);
  const input = { email, readFirst: true, retryBudgetMs: RETRY_BUDGET_MS };
  const calls = [await start('requestAccess', input), await start('requestAccess', input)];
  await called(simulator, 'GET /user');
  for (const call of calls) await call.started();
  await stopWorker();
  expect(mailsSent(simulator, 'access-request')).toBe(0);
  await startWorker();
  // While a call waits for its worker, waiting for the result would skip virtual time.
  await eventually(
    'all requests sent',
    () => Promise.resolve(mailsSent(simulator, 'access-request')),
    (mails) => mails === calls.length,
  );
  for (const call of calls) {
    expect(await call.end()).toMatchObject({
      result: { answer: { kind: 'sent' } },
    });
  }
});

test('stopped during the read before an identity order: the failure reports that nothing was ordered', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  const { id } = simulator.createAccount({ ...accountFields, attached: '1' });
  simulator.setFaults(slow('GET /user'));
  const input = {
    accountId: id,
    retryBudgetMs: 0,
    excludedAt: null,
    unlessChangedFrom: { kind: 'absent' },
  } as const;
  const call = await start('orderIdentity', input, ONCE);
  await called(simulator, 'GET /user');
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    failure: { problem: 'unreachable', delivered: 'no' },
    type: 'WorkerShutdown',
  });
  expect(lettersSent(simulator)).toBe(0);
});

test.each(WRITES)('stopped while %s is sent: reported as unconfirmed', async (activity, route) => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  const attached = activity === 'requestAccess' ? '0' : '1';
  const { id } = simulator.createAccount({ ...accountFields, cgu: '0', attached });
  simulator.setFaults(slow(route));
  const input = { email, accountId: id, readFirst: true, retryBudgetMs: RETRY_BUDGET_MS };
  const call = await start(activity, input);
  await called(simulator, route);
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { answer: { kind: 'unconfirmed' } },
  });
  expect(callsTo(simulator, route)).toBe(1);
});

test('an order that Temporal tries again is unconfirmed, and nothing is sent', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  const { id } = simulator.createAccount({ ...accountFields, attached: '1' });
  simulator.setFaults(slow('GET /user'));
  const input = {
    accountId: id,
    retryBudgetMs: 0,
    excludedAt: null,
    unlessChangedFrom: { kind: 'absent' },
  } as const;
  const call = await start('orderIdentity', input);
  await called(simulator, 'GET /user');
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { answer: { kind: 'unconfirmed' } },
  });
  expect(callsTo(simulator, 'POST /user/identity')).toBe(0);
});

test('an account that was attached before any request was sent needs no request', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  simulator.createAccount({ ...accountFields, attached: '1' });
  simulator.setFaults(slow('GET /user'));
  const call = await start('requestAccess', {
    email,
    readFirst: true,
    retryBudgetMs: RETRY_BUDGET_MS,
  });
  await called(simulator, 'GET /user');
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { snapshot: { kind: 'attached' }, answer: { kind: 'not-needed' } },
  });
});

test.each(WRITES)(
  '%s cancelled while it is sent: reported as unconfirmed',
  async (activity, route) => {
    const { simulator, start } = await openCalls();
    const attached = activity === 'requestAccess' ? '0' : '1';
    const { id } = simulator.createAccount({ ...accountFields, cgu: '0', attached });
    simulator.setFaults(slow(route, 12_000));
    const input = { email, accountId: id, readFirst: true, retryBudgetMs: RETRY_BUDGET_MS };
    const call = await start(activity, input, activity === 'orderIdentity' ? ONCE : undefined);
    await called(simulator, route);
    await call.cancel();
    expect(await call.end()).toMatchObject({
      result: { answer: { kind: 'unconfirmed' } },
    });
  },
);

test('a request that is cancelled during the read before it is cancelled', async () => {
  const { simulator, start } = await openCalls();
  simulator.createAccount(accountFields);
  simulator.setFaults(slow('GET /user', 12_000));
  const call = await start('requestAccess', {
    email,
    readFirst: true,
    retryBudgetMs: RETRY_BUDGET_MS,
  });
  await called(simulator, 'GET /user');
  await call.cancel();
  expect(await call.end()).toEqual({ cancelled: true });
  expect(callsTo(simulator, 'POST /user/request_access')).toBe(0);
});

test('an account that is attached between two tries needs no request', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls({
    simulator: { faults: { throttle: { retryAfter: 5, routes: ['POST /user/request_access'] } } },
  });
  simulator.createAccount(accountFields);
  const known = { kind: 'unavailable' } as const;
  const input = { email, readFirst: false, unlessChangedFrom: known };
  const call = await start('requestAccess', { ...input, retryBudgetMs: RETRY_BUDGET_MS });
  await call.failed(1);
  expect(callsTo(simulator, 'GET /user')).toBe(0);
  await stopWorker();
  simulator.updateAccount(email, { attached: '1' });
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { snapshot: { kind: 'attached' }, answer: { kind: 'not-needed' } },
  });
});

test('failures that AR24 answered before a mail do not count as sends', async () => {
  const { simulator, start } = await openCalls({
    simulator: {
      faults: {
        http5xx: { count: 2, routes: ['GET /user'] },
        throttle: { retryAfter: 0, count: 1, routes: ['POST /user/request_access'] },
      },
    },
  });
  simulator.createAccount(accountFields);
  const call = await start('requestAccess', {
    email,
    readFirst: true,
    retryBudgetMs: RETRY_BUDGET_MS,
  });
  expect(await call.end()).toMatchObject({ result: { answer: { kind: 'sent' } } });
  expect(mailsSent(simulator, 'access-request')).toBe(1);
});
