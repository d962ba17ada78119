/** The sender has an AR24 account already: only its holder is asked. */
import { expect, test } from '@jest/globals';
import { accountsCreated, callsTo, mailsSent } from '../support/ledger.ts';
import { eventually } from '../support/eventually.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { timesOf } from '../support/scheduled.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const DAY = 86_400_000;

const account = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'Brûlé',
} as const;

test('the holder accepts: ready, with no form requested and no account created', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  const waiting = await sender.reaches('awaiting-attachment');
  expect(waiting).toMatchObject({ waitingFor: ['attachment'], problem: null });
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.accepted('attachment');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(accountsCreated(simulator)).toBe(0);
  expect(mailsSent(simulator)).toBe(1);
  expect(callsTo(simulator, 'POST /user')).toBe(0);
  await recordHistory('attached', sender.handle);
});

test.each([
  ['another reference requested access as well', 'some'],
  ['the search for other requesters fails for an hour', 'fails'],
] as const)('%s: the operator decides, and the deadline holds', async (_what, otherRequesters) => {
  const { simulator, start } = await openTestEnv({ otherRequesters });
  simulator.createAccount(account);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.accepted('attachment');
  await sender.minutes(61);
  expect(await sender.reaches('awaiting-operator')).toMatchObject({ question: 'whose-account' });
  expect(await sender.outcome()).toMatchObject({ kind: 'expired', waitingFor: ['operator'] });
  await recordHistory(`other-requesters-${otherRequesters}`, sender.handle);
});

test('the holder accepts and no message arrives: polling finds it', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(mailsSent(simulator)).toBe(1);
  await recordHistory('attached-found-by-polling', sender.handle);
});

test('a submitted form is not used for an account that exists', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(callsTo(simulator, 'POST /user')).toBe(0);
  await recordHistory('form-not-needed', sender.handle);
});

test('the holder refuses, reported by a signal: refused', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).refusesAccess();
  await sender.refused('the holder');
  expect(await sender.outcome()).toMatchObject({ kind: 'refused', by: 'the holder' });
  await recordHistory('refused', sender.handle);
});

test('a refusal is claimed while AR24 shows access: access counts', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.refused();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('refused-against-access', sender.handle);
});

test('the holder refuses and nobody reports it: reminders, then expired', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).refusesAccess();
  expect(await sender.outcome()).toEqual({
    kind: 'expired',
    waitingFor: ['attachment'],
    accessRequested: true,
    identityOrdered: false,
  });
  expect(mailsSent(simulator, 'access-request')).toBe(5);
  await recordHistory('refused-in-silence', sender.handle);
});

test('a silent holder is reminded in working hours, read once more, and expired', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const sender = await start();
  const { deadline, nextReminder } = await sender.reaches('awaiting-attachment');
  expect(await sender.outcome()).toMatchObject({ kind: 'expired' });

  const [requestedAt = NaN, ...reminders] = await timesOf(sender.handle, 'requestAccess');
  const days = reminders.map((at) => (at - requestedAt) / DAY);
  expect(Math.abs((reminders[0] ?? NaN) - Date.parse(nextReminder ?? ''))).toBeLessThan(5_000);
  expect(days).toHaveLength(4);
  for (const [n, due] of [2, 5, 10, 20].entries()) {
    expect(days[n]).toBeGreaterThanOrEqual(due);
    // At most a Saturday evening and a Sunday later.
    expect(days[n]).toBeLessThan(due + 1.7);
  }
  expect(reminders.filter((at) => !isWorkingHour(new Date(at)))).toEqual([]);
  expect(mailsSent(simulator, 'access-request')).toBe(5);
  const [, lastRead = NaN, ...more] = await timesOf(sender.handle, 'readAccount');
  expect(lastRead).toBeGreaterThanOrEqual(Math.floor(Date.parse(deadline ?? '') / 1000) * 1000);
  expect(more).toEqual([]);
  await recordHistory('silent', sender.handle);
});

test('a holder who accepts after the end: a new start is ready at once, with no mail', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(account);
  const first = await start();
  await first.reaches('awaiting-attachment');
  const ended = await first.outcome();
  expect(ended).toMatchObject({ kind: 'expired', accessRequested: true });
  await new Person(simulator, EMAIL).acceptsAccess();
  const mails = mailsSent(simulator);
  const again = await start({}, { accessRequestedBefore: true });
  expect(await again.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  expect(mailsSent(simulator)).toBe(mails);
  await recordHistory('accepted-after-the-end', again.handle);
});

test('access lost while the terms are awaited is requested again', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...account, cgu: '0' });
  const sender = await start();
  const person = new Person(simulator, EMAIL);
  await sender.reaches('awaiting-attachment');
  await person.acceptsAccess();
  await sender.accepted('attachment');
  await sender.reaches('awaiting-terms');
  await person.receives('terms');
  simulator.updateAccount(EMAIL, { attached: '0' });
  // After the pause between two reads.
  await sender.minutes(1);
  await sender.check();
  await sender.reaches('awaiting-attachment');
  await eventually(
    'another request',
    () => Promise.resolve(mailsSent(simulator, 'access-request')),
    (mails) => mails === 2,
  );
  await person.acceptsAccess();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('access-lost', sender.handle);
});

/** Monday to Saturday, 9:00 to 19:00 in Paris. */
function isWorkingHour(moment: Date): boolean {
  const paris = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(moment);
  const hour = Number(/\d+/.exec(paris)?.[0]);
  return !paris.startsWith('Sun') && hour >= 9 && hour < 19;
}
