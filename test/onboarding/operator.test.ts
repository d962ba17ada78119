/** What an operator, or a partner, does by hand, and its effect. */
import { expect, test } from '@jest/globals';
import {
  cancelUpdate,
  correctAddressUpdate,
  extendUpdate,
  overrideUpdate,
  registerUpdate,
  remindUpdate,
} from '../../workflows/contract/index.ts';
import { accountsCreated, callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { timesOf } from '../support/scheduled.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const DAY = 86_400_000;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;
const ours = { ...complete, attached: '1', custom_ref: 'customer-42' } as const;

test('a reminder by hand is sent at once, also on a Sunday, and not twice', async () => {
  const { simulator, start, temporal } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.days(untilSunday(await temporal.currentTimeMs()) / DAY);
  const mails = mailsSent(simulator, 'access-request');
  await sender.handle.executeUpdate(remindUpdate);
  await sender.shows('one mail more', () => mailsSent(simulator) === mails + 1);
  await sender.minutes(1);
  await expect(sender.handle.executeUpdate(remindUpdate)).rejects.toMatchObject({
    cause: { message: expect.stringContaining('10 minutes') as unknown },
  });
  expect(mailsSent(simulator)).toBe(mails + 1);
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('reminded-by-hand', sender.handle);
});

test('an extended deadline is awaited, and followed by one more read', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  const { startedAt } = await sender.reaches('awaiting-attachment');
  const until = Date.parse(startedAt) + 60 * DAY;
  await sender.handle.executeUpdate(extendUpdate, {
    args: [{ until: new Date(until).toISOString() }],
  });
  await sender.days(59);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-attachment', outcome: null });
  expect(await sender.outcome()).toMatchObject({ kind: 'expired' });
  const [lastRead = NaN] = (await timesOf(sender.handle, 'readAccount')).slice(-1);
  expect(lastRead).toBeGreaterThanOrEqual(until - 1_000);
  await recordHistory('extended', sender.handle);
});

test('an account that is gone, and the operator continues: everything from the start', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...ours, cgu: '0' });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-terms');
  await simulator.reset();
  await sender.check();
  await sender.reaches('awaiting-operator');
  await sender.handle.executeUpdate(overrideUpdate, {
    args: [{ requirement: 'operator', by: 'ops', reason: 'deleted by mistake' }],
  });
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('account-gone-and-made-again', sender.handle);
});

test('an identity seen on paper is overridden by the operator', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(ours);
  const sender = await start({ require: ['identity'] });
  await sender.shows('the order', ({ requests }) => requests.length > 0);
  await sender.handle.executeUpdate(overrideUpdate, {
    args: [{ requirement: 'identity', by: 'ops', reason: 'seen in person' }],
  });
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    overrides: [{ requirement: 'identity', by: 'ops', reason: 'seen in person' }],
    missing: ['payment'],
  });
  await recordHistory('identity-overridden', sender.handle);
});

test('the address is corrected while its holder is awaited: only the corrected one counts', async () => {
  const { simulator, start } = await openTestEnv();
  const wrong = 'somebody.else@example.org';
  simulator.createAccount({ ...complete, email: wrong });
  simulator.createAccount(complete);
  const sender = await start({ email: wrong });
  await sender.shows('asked', ({ requests }) => requests.length > 0);
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [{ email: EMAIL, emailHashes: ['1.abc'], emailVerified: false, by: 'ops' }],
  });
  await sender.shows('asked again', () => new Person(simulator, EMAIL).mails().length === 1);
  await new Person(simulator, wrong).acceptsAccess();
  await sender.days(1);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-attachment', accountId: null });
  await new Person(simulator, EMAIL).acceptsAccess();
  const [, { id: accountId } = { id: '' }] = simulator.accounts();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', accountId });
  await recordHistory('address-corrected-while-awaited', sender.handle);
});

test('a form that arrives during the first call is used', async () => {
  const latencyMs = { min: 1_000, max: 1_000, count: 1 };
  const { simulator, start } = await openTestEnv({ simulator: { faults: { latencyMs } } });
  const sender = await start();
  await sender.shows('a call', () => callsTo(simulator, 'GET /user') === 1);
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  expect(await sender.reaches('awaiting-email')).toMatchObject({ fieldErrors: [] });
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('form-in-the-middle', sender.handle);
});

test('cancelled while AR24 creates the account: the outcome says that it may exist', async () => {
  const latencyMs = { min: 60_000, max: 60_000, routes: ['POST /user' as const] };
  const { simulator, start } = await openTestEnv({ simulator: { faults: { latencyMs } } });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('a call', () => callsTo(simulator, 'POST /user') === 1);
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  expect(await sender.outcome()).toMatchObject({
    kind: 'cancelled',
    unconfirmed: 'create-account',
    accessRequested: false,
  });
  await recordHistory('cancelled-while-creating', sender.handle);
});

test('cancelled after a creation whose answer was lost: the account is named', async () => {
  const loseAnswer = { count: 1, routes: ['POST /user' as const] };
  const { simulator, start } = await openTestEnv({ simulator: { faults: { loseAnswer } } });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('an account', () => accountsCreated(simulator) === 1);
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  const [account] = simulator.accounts();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', accountId: account?.id });
  await recordHistory('cancelled-after-a-lost-answer', sender.handle);
});

test('cancelled while AR24 accepts no calls for an hour: the end does not wait for that', async () => {
  const loseAnswer = { count: 1, routes: ['POST /user' as const] };
  const { simulator, start, temporal } = await openTestEnv({
    simulator: { faults: { loseAnswer } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('an account', () => accountsCreated(simulator) === 1);
  simulator.setFaults({ throttle: { status: 429, retryAfter: 3_600 } });
  await sender.minutes(2);
  const before = await temporal.currentTimeMs();
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  expect(await sender.outcome()).toMatchObject({
    kind: 'cancelled',
    unconfirmed: 'create-account',
  });
  const { since } = await sender.view();
  expect(Date.parse(since) - before).toBeLessThan(60_000);
  await recordHistory('cancelled-while-throttled', sender.handle);
});

/** Milliseconds to the next Sunday noon in Paris, more or less an hour. */
function untilSunday(now: number): number {
  const noon = new Date(now);
  noon.setUTCHours(11, 0, 0, 0);
  noon.setUTCDate(noon.getUTCDate() + ((7 - noon.getUTCDay()) % 7 || 7));
  return noon.getTime() - now;
}
