/** Onboardings that are restarted, and the effects at AR24 of the one before. */
import { expect, test } from '@jest/globals';
import {
  cancelUpdate,
  correctAddressUpdate,
  overrideUpdate,
  remindUpdate,
} from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { accountsCreated, callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;

test('an identity that was ordered and paid before is awaited, never ordered again', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...complete, attached: '1' });
  const first = await start({ emailVerified: true, require: ['identity'] });
  await first.reaches('awaiting-identity');
  expect(await first.outcome()).toMatchObject({ kind: 'expired', identityOrdered: true });
  const again = await start(
    { emailVerified: true, require: ['identity'] },
    { identityOrderedBefore: true },
  );
  await again.reaches('awaiting-identity');
  expect(lettersSent(simulator)).toBe(1);
  simulator.updateAccount(EMAIL, { is_identity_verified: true });
  expect(await again.outcome()).toMatchObject({ kind: 'ready' });
  expect(lettersSent(simulator)).toBe(1);
  await recordHistory('identity-ordered-before', again.handle);
});

test('cancelled while access is being requested: the outcome says that it may have been', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: {
      faults: { latencyMs: { min: 6_000, max: 6_000, routes: ['POST /user/request_access'] } },
    },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await eventually(
    'asked',
    () => Promise.resolve(callsTo(simulator, 'POST /user/request_access')),
    (calls) => calls === 1,
  );
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'a mistake' }] });
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', accessRequested: true });
  await recordHistory('cancelled-while-asking', sender.handle);
});

test('the holder changed the address and withdrew access: the operator corrects the address', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...complete, cgu: '0' });
  const sender = await start({ registration: registrationForm() });
  const person = new Person(simulator, EMAIL);
  await sender.reaches('awaiting-attachment');
  await person.acceptsAccess();
  await sender.accepted('attachment');
  await sender.reaches('awaiting-terms');
  simulator.updateAccount(EMAIL, { email: 'zoe.new@example.org', attached: '0' });
  await sender.check();
  const view = await sender.reaches('awaiting-operator');
  expect(view).toMatchObject({ question: 'address-gone', waitingFor: ['operator'] });
  await sender.handle.executeUpdate(overrideUpdate, {
    args: [{ requirement: 'operator', by: 'ops', reason: 'try once more' }],
  });
  await sender.reaches('awaiting-operator');
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [
      { email: 'zoe.new@example.org', emailHashes: ['1.abc'], emailVerified: false, by: 'ops' },
    ],
  });
  await sender.reaches('awaiting-attachment');
  const moved = new Person(simulator, 'zoe.new@example.org');
  await moved.acceptsAccess();
  await sender.accepted('attachment');
  await sender.reaches('awaiting-terms');
  await moved.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(accountsCreated(simulator)).toBe(0);
  await recordHistory('address-gone', sender.handle);
});

test('a claim that AR24 never confirms delays reminders for two days only', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.accepted('attachment');
  await sender.shows('the claim', ({ claims }) => claims.length > 0);
  const { claims, nextReminder } = await sender.view();
  const heldFor = Date.parse(nextReminder ?? '') - Date.parse(claims[0]?.at ?? '');
  expect(heldFor).toBeGreaterThanOrEqual(2 * 86_400_000);
  await sender.minutes(30);
  await sender.handle.executeUpdate(remindUpdate);
  await sender.shows('a second mail', ({ requests }) => requests[0]?.times === 2);
  expect(mailsSent(simulator, 'access-request')).toBe(2);
});
