/** A sign-up that is withdrawn, before the start or after; and links that are revoked. */
import { expect, test } from '@jest/globals';
import {
  registerUpdate,
  revokeLinksUpdate,
  TASK_QUEUE,
  WITHDRAWN_TYPE,
  withdrawnSignal,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { recordHistory } from '../support/histories.ts';
import { accountsCreated } from '../support/ledger.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { openTestEnv } from '../support/test-env.ts';

const { email } = onboardingRequest();
const message = { by: 'event:clerk', reason: 'user.deleted' };

test('withdrawn while the holder is asked: cancelled, with the actor and the reason of the signal', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ email });
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.handle.signal(withdrawnSignal, message);
  await sender.handle.signal(withdrawnSignal, { by: 'another', reason: 'late' });
  expect(await sender.outcome()).toMatchObject({
    kind: 'cancelled',
    ...message,
    accessRequested: true,
  });
  await recordHistory('withdrawn', sender.handle);
});

test.each([
  ['null', null],
  ['other types', { by: 42, reason: {} }],
])('a withdrawal that says %s counts too', async (_what, odd) => {
  const { start } = await openTestEnv();
  const sender = await start();
  await sender.reaches('awaiting-registration');
  await sender.handle.signal('withdrawn', odd);
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', by: 'unknown' });
});

test('withdrawn during a creation: the account is read back, and named in the outcome', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: {
      faults: { latencyMs: { min: 60_000, max: 60_000, count: 1, routes: ['POST /user'] } },
    },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('in the call', () => simulator.ledger().calls['POST /user'] === 1);
  await sender.handle.signal(withdrawnSignal, message);
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', ...message });
  expect(accountsCreated(simulator)).toBeLessThanOrEqual(1);
});

test('withdrawn before the start: recorded as an end, with no call', async () => {
  const { simulator, temporal } = await openTestEnv();
  const handle = await temporal.client.workflow.signalWithStart(WITHDRAWN_TYPE, {
    workflowId: workflowIdOf('customer-42'),
    taskQueue: TASK_QUEUE,
    args: [message],
    signal: withdrawnSignal,
    signalArgs: [message],
  });
  expect(await handle.result()).toEqual({
    kind: 'cancelled',
    ...message,
    accessRequested: false,
    identityOrdered: false,
  });
  expect(simulator.ledger().calls).toEqual({});
  await recordHistory('withdrawn-before-it-began', handle);
});

test.each([
  ['nothing', []],
  ['other types', [{ by: 42 }]],
  ['null', [null]],
])('a placeholder started with %s is valid, and ends', async (_what, args) => {
  const { temporal } = await openTestEnv();
  const handle = await temporal.client.workflow.start(WITHDRAWN_TYPE, {
    workflowId: workflowIdOf('customer-42'),
    taskQueue: TASK_QUEUE,
    args,
  });
  expect(await handle.result()).toMatchObject({ kind: 'cancelled', by: 'unknown' });
});

test('links made before a revocation are void, and nothing else changes', async () => {
  const { start } = await openTestEnv();
  const sender = await start();
  const before = await sender.reaches('awaiting-registration');
  expect(before.linksValidFrom).toBeNull();
  const after = await sender.handle.executeUpdate(revokeLinksUpdate);
  expect(Date.parse(after.linksValidFrom ?? '')).toBeGreaterThanOrEqual(Date.parse(before.since));
  expect({ ...after, linksValidFrom: null, version: 0 }).toEqual({ ...before, version: 0 });
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  const later = await sender.reaches('awaiting-email');
  expect(later.linksValidFrom).toBe(after.linksValidFrom);
  await sender.handle.signal(withdrawnSignal, message);
  await sender.outcome();
  await recordHistory('links-revoked', sender.handle);
});
