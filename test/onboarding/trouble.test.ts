/** Trouble at AR24's or ours: shown, waited out, and never the end of an onboarding. */
import { expect, test } from '@jest/globals';
import { accountsCreated, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openWorld } from '../support/world.ts';

const EMAIL = onboardingRequest().email;
const opened = { email: EMAIL, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;

test('maintenance for six hours: shown, the deadline stands still, goes on by itself', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
  simulator.setFaults({ maintenance: {} });
  const sender = await start();
  await sender.minutes(20);
  const view = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ problem: { kind: 'maintenance' }, deadline: null });
  await sender.days(0.25);
  expect(mailsSent(simulator)).toBe(0);
  simulator.setFaults({ maintenance: null });
  await sender.days(0.3);
  const after = await sender.reaches('awaiting-attachment');
  expect(after.problem).toBeNull();
  expect(Date.parse(after.deadline ?? '') - Date.parse(after.startedAt)).toBeGreaterThan(
    30.2 * 86_400_000,
  );
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('maintenance', sender.handle);
});

test('429 with Retry-After: tried again after it, with no problem made of it', async () => {
  const { simulator, start } = await openWorld({
    simulator: { faults: { throttle: { status: 429, retryAfter: 120, count: 1 } } },
  });
  simulator.createAccount(opened);
  const sender = await start();
  await sender.minutes(1);
  expect(mailsSent(simulator)).toBe(0);
  await sender.minutes(3);
  expect(await sender.reaches('awaiting-attachment')).toMatchObject({ problem: null });
  await recordHistory('throttled', sender.handle);
});

test('a few 5xx on the way to an account: created once, nobody notices', async () => {
  const { simulator, start } = await openWorld({
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
  'a creation answered by %s: never taken for a no, one account',
  async (shape) => {
    const { simulator, start } = await openWorld({
      simulator: { faults: { malformed: { shape, count: 1, routes: ['POST /user'] } } },
    });
    const sender = await start({ registration: registrationForm() });
    await sender.minutes(5);
    await sender.reaches('awaiting-email');
    expect(accountsCreated(simulator)).toBe(1);
    if (shape === 'html') await recordHistory('malformed', sender.handle);
  },
);

test('malformed answers for hours: a contract problem, then on', async () => {
  const { simulator, start } = await openWorld({ simulator: { faults: { malformed: {} } } });
  simulator.createAccount(opened);
  const sender = await start();
  await sender.minutes(5);
  expect(await sender.view()).toMatchObject({ problem: { kind: 'contract' } });
  simulator.setFaults({ malformed: null });
  await sender.check();
  expect(await sender.reaches('awaiting-attachment')).toMatchObject({ problem: null });
  await recordHistory('malformed-for-hours', sender.handle);
});

test('a slug nobody knows: a problem that names it, at once, and no guess', async () => {
  const { simulator, start } = await openWorld({
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

test('a wrong token for two days, then mended and checked: on at once', async () => {
  const { simulator, start, replaceWorker } = await openWorld({
    replaceable: true,
    token: 'wrong',
  });
  simulator.createAccount(opened);
  const sender = await start();
  const view = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ problem: { kind: 'credentials' }, deadline: null });
  await sender.days(2);
  const later = await sender.view();
  expect(later.problem?.since).toBe(view.problem?.since);
  await replaceWorker({ token: simulator.token });
  await sender.check();
  const mended = await sender.reaches('awaiting-attachment');
  expect(mended.problem).toBeNull();
  expect(Date.parse(mended.deadline ?? '') - Date.parse(mended.startedAt)).toBeGreaterThan(
    31.9 * 86_400_000,
  );
  await recordHistory('wrong-token', sender.handle);
});

test('AR24 away while the holder is awaited: shown, and his answer found afterwards', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
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
