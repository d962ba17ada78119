/** How AR24 may check a call: its signature and its date, whatever its slugs and tolerance are. */
import { expect, test } from '@jest/globals';
import { accountsCreated, mailsSent } from '../../support/ledger.ts';
import { Person } from '../../support/person.ts';
import { onboardingRequest, registrationForm } from '../../support/people.ts';
import type { SenderUnderTest } from '../../support/sender.ts';
import { openTestEnv } from '../../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const MINUTE = 60_000;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;

/**
 * After the pause between two reads, and that of a circuit breaker which wrong credentials have
 * opened.
 */
async function looksAgain(sender: SenderUnderTest): Promise<void> {
  await sender.minutes(2);
  await sender.check();
}

const hasProblem = (sender: SenderUnderTest, kind: string, slug: string) =>
  sender.shows(`${kind} ${slug}`, ({ problem }) => problem?.kind === kind && problem.slug === slug);

test('a refused signature: shown by its slug, as credentials if the slug is known, and no "no"', async () => {
  const { simulator, start, replaceWorker } = await openTestEnv({
    replaceable: true,
    privateKey: 'wrong',
    simulator: { switches: { wrongSignatureSlug: 'signature_of_nobody' } },
  });
  const sender = await start();
  await hasProblem(sender, 'unknown-slug', 'signature_of_nobody');
  simulator.setSwitches({ wrongSignatureSlug: 'empty_signature' });
  await looksAgain(sender);
  await hasProblem(sender, 'credentials', 'empty_signature');
  expect(simulator.ledger().effects).toEqual([]);
  await replaceWorker({ privateKey: simulator.privateKey });
  await looksAgain(sender);
  expect(await sender.reaches('awaiting-registration')).toMatchObject({ problem: null });
});

test("a wrong clock is compensated by AR24_DATE_AHEAD_S, or by AR24's tolerance", async () => {
  const { simulator, start, replaceWorker } = await openTestEnv({ replaceable: true });
  const sender = await start();
  await sender.reaches('awaiting-registration');

  const ahead = { clockAheadMs: 9 * MINUTE };
  await replaceWorker(ahead);
  await looksAgain(sender);
  await hasProblem(sender, 'clock', 'date_in_future');
  await replaceWorker({ ...ahead, environment: { AR24_DATE_AHEAD_S: '0' } });
  await looksAgain(sender);
  await sender.shows('no problem', ({ problem }) => problem === null);

  const behind = { clockAheadMs: -3 * MINUTE };
  await replaceWorker(behind);
  await looksAgain(sender);
  await hasProblem(sender, 'clock', 'expired_date');
  await replaceWorker({ ...behind, environment: { AR24_DATE_AHEAD_S: '300' } });
  await looksAgain(sender);
  await sender.shows('no problem', ({ problem }) => problem === null);
  await replaceWorker(behind);
  simulator.setSwitches({ pastToleranceS: 120 });
  await looksAgain(sender);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-registration', problem: null });
});

test('both the token and the clock are wrong: the one that AR24 names first is shown', async () => {
  const { simulator, start, replaceWorker } = await openTestEnv({
    replaceable: true,
    token: 'wrong',
    clockAheadMs: 60 * MINUTE,
  });
  const sender = await start();
  await hasProblem(sender, 'credentials', 'token_invalid');
  simulator.setSwitches({ checkOrder: 'date-first' });
  await looksAgain(sender);
  await hasProblem(sender, 'clock', 'date_in_future');
  await replaceWorker({ token: simulator.token, clockAheadMs: 0 });
  await looksAgain(sender);
  expect(await sender.reaches('awaiting-registration')).toMatchObject({ problem: null });
});

test('a date that AR24 accepts only once, and that was used: shown by its slug; no worker uses one twice', async () => {
  const stopped = new Date();
  const { simulator, start, replaceWorker } = await openTestEnv({
    replaceable: true,
    // Every call of this worker has the same date: one second before the end of AR24's window.
    now: () => stopped,
    environment: { AR24_DATE_AHEAD_S: '599' },
    simulator: { switches: { rejectDateReuse: true, dateReuseSlug: 'seen_before' } },
  });
  const sender = await start({ registration: registrationForm() });
  await hasProblem(sender, 'unknown-slug', 'seen_before');
  simulator.setSwitches({ dateReuseSlug: 'expired_date' });
  await looksAgain(sender);
  await hasProblem(sender, 'clock', 'expired_date');
  expect(simulator.ledger().effects).toEqual([]);

  await replaceWorker({ now: () => new Date(), environment: {} });
  await looksAgain(sender);
  await sender.reaches('awaiting-email');
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  expect([accountsCreated(simulator), mailsSent(simulator, 'terms')]).toEqual([1, 1]);
});

test('the hour that autumn repeats, read as the other one: shown as a clock problem, and over with the hour', async () => {
  let now = new Date('2026-10-25T00:10:00Z');
  const { simulator, start } = await openTestEnv({
    now: () => now,
    simulator: { now: () => now, switches: { repeatedHour: 'second' } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await hasProblem(sender, 'clock', 'date_in_future');
  simulator.setSwitches({ repeatedHour: 'either' });
  await looksAgain(sender);
  expect(await sender.reaches('awaiting-attachment')).toMatchObject({ problem: null });

  now = new Date('2026-10-25T01:10:00Z');
  simulator.setSwitches({ repeatedHour: 'first' });
  await new Person(simulator, EMAIL).acceptsAccess();
  await looksAgain(sender);
  await hasProblem(sender, 'clock', 'expired_date');
  now = new Date('2026-10-25T02:00:00Z');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(mailsSent(simulator)).toBe(1);
});
