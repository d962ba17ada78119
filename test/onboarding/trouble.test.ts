/** Faults of AR24 or of ours: shown, waited out, and never the end of an onboarding. */
import { expect, test } from '@jest/globals';
import { DEFAULT_POLICY, remindUpdate } from '../../workflows/contract/index.ts';
import { accountsCreated, callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';
import { none, TROUBLES } from './troubles.ts';

const EMAIL = onboardingRequest().email;
const DAY = 86_400_000;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;

const FIRST_TRY_AFTER_MS = DEFAULT_POLICY.repair.firstSeconds * 1000;

test.each(TROUBLES)(
  '$what for six hours: shown, the deadline stands still, continues by itself',
  async ({ what, faults, kind, shown, timeoutMs }) => {
    const { simulator, start } = await openTestEnv(timeoutMs === undefined ? {} : { timeoutMs });
    simulator.createAccount(complete);
    simulator.setFaults(faults);
    const sender = await start();
    await sender.minutes(shown.most);
    const view = await sender.shows('the problem', ({ problem }) => problem !== null);
    expect(view).toMatchObject({ problem: { kind }, deadline: null, outcome: null });
    const { since = '', nextTry = '' } = view.problem ?? {};
    const minutes = (Date.parse(nextTry) - FIRST_TRY_AFTER_MS - Date.parse(since)) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(shown.least);
    expect(minutes).toBeLessThan(shown.most);
    await sender.days(0.25);
    expect(await sender.view()).toMatchObject({
      problem: { kind, since },
      deadline: null,
    });
    expect(mailsSent(simulator)).toBe(0);

    simulator.setFaults(none(faults));
    await sender.days(0.3);
    const after = await sender.reaches('awaiting-attachment');
    expect(after.problem).toBeNull();
    expect(Date.parse(after.deadline ?? '') - Date.parse(after.startedAt)).toBeGreaterThan(
      30.2 * DAY,
    );
    await new Person(simulator, EMAIL).acceptsAccess();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    await recordHistory(`hours-of-${what}`, sender.handle);
  },
);

test('429 with Retry-After: tried again after it, without a problem', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { throttle: { status: 429, retryAfter: 120, count: 1 } } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.minutes(1);
  expect(mailsSent(simulator)).toBe(0);
  await sender.minutes(3);
  expect(await sender.reaches('awaiting-attachment')).toMatchObject({ problem: null });
  await recordHistory('throttled', sender.handle);
});

test('a few 5xx on the way to an account: created once, and no problem', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: {
      faults: { http5xx: { count: 3 }, http5xxAfter: { count: 1, routes: ['POST /user'] } },
    },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.minutes(5);
  expect(await sender.reaches('awaiting-email')).toMatchObject({ problem: null });
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('server-errors', sender.handle);
});

test.each(['garbage-base64', 'html', 'empty', 'not-an-object', 'no-status'] as const)(
  'a creation answered by %s: never a no, and one account',
  async (shape) => {
    const { simulator, start } = await openTestEnv({
      simulator: { faults: { malformed: { shape, count: 1, routes: ['POST /user'] } } },
    });
    const sender = await start({ registration: registrationForm() });
    await sender.minutes(5);
    await sender.reaches('awaiting-email');
    expect(accountsCreated(simulator)).toBe(1);
    if (shape === 'html') await recordHistory('malformed', sender.handle);
  },
);

test('an unknown slug: a problem that names it, at once, and no guess', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { accessNoAccountSlug: 'nothing_of_the_kind' } },
  });
  const sender = await start({ registration: registrationForm() });
  const view = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(view.problem).toMatchObject({ kind: 'unknown-slug', slug: 'nothing_of_the_kind' });
  await sender.days(1);
  expect(accountsCreated(simulator)).toBe(0);
  simulator.setSwitches({ accessNoAccountSlug: 'user_not_exist' });
  await sender.check();
  expect(await sender.reaches('awaiting-email')).toMatchObject({ problem: null });
  await recordHistory('unknown-slug', sender.handle);
});

/**
 * AR24's slug for a wrong signature is not public, so it counts as unknown until it is configured.
 */
test.each([
  ['token', { token: 'wrong' }, 'credentials'],
  ['key', { privateKey: 'wrong' }, 'unknown-slug'],
  ['clock', { clockAheadMs: 3_600_000 }, 'clock'],
] as const)(
  'a wrong %s for two days, then corrected and checked: continues at once',
  async (what, wrong, kind) => {
    const { simulator, start, replaceWorker } = await openTestEnv({ replaceable: true, ...wrong });
    simulator.createAccount(complete);
    const sender = await start();
    const view = await sender.shows('the problem', ({ problem }) => problem !== null);
    expect(view).toMatchObject({ problem: { kind }, deadline: null });
    await sender.days(2);
    expect(await sender.view()).toMatchObject({
      problem: { kind, since: view.problem?.since },
      deadline: null,
    });
    await replaceWorker({
      token: simulator.token,
      privateKey: simulator.privateKey,
      clockAheadMs: 0,
    });
    await sender.check();
    const repaired = await sender.reaches('awaiting-attachment');
    expect(repaired.problem).toBeNull();
    expect(Date.parse(repaired.deadline ?? '') - Date.parse(repaired.startedAt)).toBeGreaterThan(
      31.9 * DAY,
    );
    await new Person(simulator, EMAIL).acceptsAccess();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    await recordHistory(`wrong-${what}`, sender.handle);
  },
);

test('AR24 unavailable while the holder is awaited: shown, and their answer found afterwards', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  simulator.setFaults({ reset: {} });
  await sender.minutes(60);
  const view = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ status: 'awaiting-attachment', problem: { kind: 'unreachable' } });
  simulator.setFaults({ reset: null });
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('unreachable-while-waiting', sender.handle);
});

test('a reminder that AR24 answers with an unknown slug: one problem, tried less and less often', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...complete, cgu: '0', attached: '1', custom_ref: 'customer-42' });
  const sender = await start();
  await sender.shows('asked', ({ requests }) => requests.length > 0);
  simulator.setFaults({ unknownSlug: { routes: ['POST /user/request_cgu'] } });
  await sender.minutes(11);
  await sender.handle.executeUpdate(remindUpdate);
  const { problem: first } = await sender.shows('the problem', (view) => view.problem !== null);
  await sender.minutes(120);
  const { problem } = await sender.view();
  expect(problem).toMatchObject({ kind: 'unknown-slug', since: first?.since });
  const untilNextTry = Date.parse(problem?.nextTry ?? '') - Date.parse(first?.since ?? '');
  expect(untilNextTry).toBeGreaterThan(3 * 3_600_000);
  expect(callsTo(simulator, 'POST /user/request_cgu')).toBeLessThanOrEqual(1 + 4);

  simulator.setFaults({ unknownSlug: null });
  await sender.check();
  await sender.shows('the reminder', ({ requests }) => requests[0]?.times === 2);
  expect(mailsSent(simulator, 'terms')).toBe(2);
  await new Person(simulator, EMAIL).acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('reminder-in-trouble', sender.handle);
});
