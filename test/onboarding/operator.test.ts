/** What an operator, or a partner, does by hand, and what comes of it. */
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
import { openWorld } from '../support/world.ts';

const EMAIL = onboardingRequest().email;
const DAY = 86_400_000;
const opened = { email: EMAIL, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;
const ours = { ...opened, attached: '1', custom_ref: 'customer-42' } as const;

test('a reminder by hand goes out at once, a Sunday too, and not twice', async () => {
  const { simulator, start, temporal } = await openWorld();
  simulator.createAccount(opened);
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

test('an extended deadline is waited for, and looked at once more', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
  const sender = await start();
  const { startedAt } = await sender.reaches('awaiting-attachment');
  const until = Date.parse(startedAt) + 60 * DAY;
  await sender.handle.executeUpdate(extendUpdate, {
    args: [{ until: new Date(until).toISOString() }],
  });
  await sender.days(59);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-attachment', outcome: null });
  expect(await sender.outcome()).toMatchObject({ kind: 'expired' });
  const [lastLook = NaN] = (await timesOf(sender.handle, 'look')).slice(-1);
  expect(lastLook).toBeGreaterThanOrEqual(until - 1_000);
  await recordHistory('extended', sender.handle);
});

test('an account that is gone, the operator says go on: everything from the start', async () => {
  const { simulator, start } = await openWorld();
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

test('an identity seen on paper is settled by the operator', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(ours);
  const sender = await start({ require: ['identity'] });
  await sender.shows('the order', ({ asked }) => asked.length > 0);
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

test('the address is corrected while its holder is awaited: only the right one counts', async () => {
  const { simulator, start } = await openWorld();
  const wrong = 'somebody.else@example.org';
  simulator.createAccount({ ...opened, email: wrong });
  simulator.createAccount(opened);
  const sender = await start({ email: wrong });
  await sender.shows('asked', ({ asked }) => asked.length > 0);
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [{ email: EMAIL, emailHash: '1.abc', emailVerified: false }],
  });
  await sender.shows('asked anew', () => new Person(simulator, EMAIL).mails().length === 1);
  await new Person(simulator, wrong).acceptsAccess();
  await sender.days(1);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-attachment', accountId: null });
  await new Person(simulator, EMAIL).acceptsAccess();
  const [, { id: accountId } = { id: '' }] = simulator.accounts();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', accountId });
  await recordHistory('address-corrected-while-awaited', sender.handle);
});

test('the form comes in the middle of the first call, and is used', async () => {
  const latencyMs = { min: 1_000, max: 1_000, count: 1 };
  const { simulator, start } = await openWorld({ simulator: { faults: { latencyMs } } });
  const sender = await start();
  await sender.shows('a call', () => callsTo(simulator, 'GET /user') === 1);
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  expect(await sender.reaches('awaiting-email')).toMatchObject({ fieldErrors: [] });
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('form-in-the-middle', sender.handle);
});

test('cancelled while AR24 creates the account: the outcome says that it may exist', async () => {
  const latencyMs = { min: 60_000, max: 60_000, routes: ['POST /user' as const] };
  const { simulator, start } = await openWorld({ simulator: { faults: { latencyMs } } });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('a call', () => callsTo(simulator, 'POST /user') === 1);
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  expect(await sender.outcome()).toMatchObject({
    kind: 'cancelled',
    unsettled: 'create-account',
    accessAsked: false,
  });
  await recordHistory('cancelled-while-creating', sender.handle);
});

test('cancelled after the creation of which the answer was lost: the account is named', async () => {
  const loseAnswer = { count: 1, routes: ['POST /user' as const] };
  const { simulator, start } = await openWorld({ simulator: { faults: { loseAnswer } } });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('an account', () => accountsCreated(simulator) === 1);
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  const [account] = simulator.accounts();
  expect(await sender.outcome()).toMatchObject({ kind: 'cancelled', accountId: account?.id });
  await recordHistory('cancelled-after-a-lost-answer', sender.handle);
});

test('cancelled while AR24 takes no calls for an hour: it does not wait for that', async () => {
  const loseAnswer = { count: 1, routes: ['POST /user' as const] };
  const { simulator, start, temporal } = await openWorld({ simulator: { faults: { loseAnswer } } });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('an account', () => accountsCreated(simulator) === 1);
  simulator.setFaults({ throttle: { status: 429, retryAfter: 3_600 } });
  await sender.minutes(2);
  const before = await temporal.currentTimeMs();
  await sender.handle.executeUpdate(cancelUpdate, { args: [{ by: 'ops', reason: 'x' }] });
  expect(await sender.outcome()).toMatchObject({
    kind: 'cancelled',
    unsettled: 'create-account',
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
