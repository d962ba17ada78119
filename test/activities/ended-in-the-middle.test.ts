/** Calls that are stopped or cancelled in their middle: what is told is what may have been done. */
import { expect, test } from '@jest/globals';
import type { Faults, Route, Simulator } from '../../simulator/index.ts';
import { eventually } from '../support/eventually.ts';
import { callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { openCalls } from './calls.ts';

const { email } = onboardingRequest();
const opened = { email, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'Brûlé' } as const;
const PATIENCE_MS = 15 * 60_000;
const ONCE = { maximumAttempts: 1 };

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

test('a worker that stops with calls queued stops in good order, and none counts as lost', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls({ maxCallsPerSecond: 0.1 });
  simulator.createAccount(opened);
  const ask = { email, patienceMs: PATIENCE_MS };
  const calls = await Promise.all(Array.from({ length: 6 }, () => start('requestAccess', ask)));
  await called(simulator, 'GET /user');
  // One that the server hands to a worker that is going counts as a try that died.
  await Promise.all(calls.map((call) => call.taken()));
  await stopWorker();
  expect(mailsSent(simulator, 'access-request')).toBe(0);
  await startWorker();
  // While a call waits for its worker, nothing holds virtual time: it is not to run away.
  await eventually(
    'asked for all',
    () => Promise.resolve(mailsSent(simulator, 'access-request')),
    (mails) => mails === 6,
  );
  const ends = await Promise.all(calls.map((call) => call.end()));
  for (const end of ends) {
    expect(end).toMatchObject({ result: { asked: { kind: 'taken', answersLost: 0 } } });
  }
  expect(mailsSent(simulator, 'access-request')).toBe(6);
});

test('stopped in the look before an identity order: nothing was ordered, and it says so', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  const { id } = simulator.createAccount({ ...opened, attached: '1' });
  simulator.setFaults(slow('GET /user'));
  const input = {
    accountId: id,
    patienceMs: 0,
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

test('stopped in the identity order itself: it may have been taken', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  const { id } = simulator.createAccount({ ...opened, attached: '1' });
  simulator.setFaults(slow('POST /user/identity'));
  const call = await start('orderIdentity', { accountId: id, patienceMs: 0 }, ONCE);
  await called(simulator, 'POST /user/identity');
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({ result: { asked: { kind: 'unanswered' } } });
});

test('a holder who accepts before anybody heard that AR24 mailed him was asked by us', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  simulator.createAccount(opened);
  simulator.setFaults(slow('POST /user/request_access'));
  const call = await start('requestAccess', { email, patienceMs: PATIENCE_MS });
  await called(simulator, 'POST /user/request_access');
  await stopWorker();
  const holder = new Person(simulator, email);
  await eventually(
    'mailed',
    () => Promise.resolve(holder.mails('access-request')),
    (mails) => mails.length === 1,
  );
  await holder.acceptsAccess();
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { sighting: { kind: 'unavailable' }, asked: { kind: 'unanswered', answersLost: 1 } },
  });
  expect(mailsSent(simulator, 'access-request')).toBe(1);
});

test('an account that was attached before anything was sent is not taken for one that we asked for', async () => {
  const { simulator, start, stopWorker, startWorker } = await openCalls();
  simulator.createAccount({ ...opened, attached: '1' });
  simulator.setFaults(slow('GET /user'));
  const call = await start('requestAccess', { email, patienceMs: PATIENCE_MS });
  await called(simulator, 'GET /user');
  await stopWorker();
  await startWorker();
  expect(await call.end()).toMatchObject({
    result: { sighting: { kind: 'attached' }, asked: { kind: 'unneeded' } },
  });
});

test.each([
  ['requestAccess', 'POST /user/request_access'],
  ['requestTerms', 'POST /user/request_cgu'],
  ['requestPayment', 'POST /user/payment_request'],
  ['orderIdentity', 'POST /user/identity'],
] as const)('%s cancelled while it is sent: told as unanswered', async (activity, route) => {
  const { simulator, start } = await openCalls();
  const attached = activity === 'requestAccess' ? '0' : '1';
  const { id } = simulator.createAccount({ ...opened, cgu: '0', attached });
  simulator.setFaults(slow(route, 12_000));
  const input = { email, accountId: id, patienceMs: PATIENCE_MS };
  const call = await start(activity, input, activity === 'orderIdentity' ? ONCE : undefined);
  await called(simulator, route);
  await call.cancel();
  expect(await call.end()).toMatchObject({
    result: { asked: { kind: 'unanswered', answersLost: 1 } },
  });
});

test('an asking that is cancelled in its look is cancelled', async () => {
  const { simulator, start } = await openCalls();
  simulator.createAccount(opened);
  simulator.setFaults(slow('GET /user', 12_000));
  const call = await start('requestAccess', { email, patienceMs: PATIENCE_MS });
  await called(simulator, 'GET /user');
  await call.cancel();
  expect(await call.end()).toEqual({ cancelled: true });
  expect(callsTo(simulator, 'POST /user/request_access')).toBe(0);
});

test('clean failures before a mail count for nothing', async () => {
  const { simulator, start } = await openCalls({
    simulator: {
      faults: {
        http5xx: { count: 2, routes: ['GET /user'] },
        throttle: { retryAfter: 0, count: 1, routes: ['POST /user/request_access'] },
      },
    },
  });
  simulator.createAccount(opened);
  const call = await start('requestAccess', { email, patienceMs: PATIENCE_MS });
  expect(await call.end()).toMatchObject({ result: { asked: { kind: 'taken', answersLost: 0 } } });
  expect(mailsSent(simulator, 'access-request')).toBe(1);
});
