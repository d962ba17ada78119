/** Signals: claims and hints. AR24 is read before anything is believed. */
import { expect, test } from '@jest/globals';
import { callsTo } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;

test('signals before the wait, repeated, about other requirements and of any shape are harmless', async () => {
  const { simulator, start, stopWorker, replaceWorker } = await openTestEnv({ replaceable: true });
  await stopWorker();
  const sender = await start({ registration: registrationForm() });
  await sender.accepted('terms');
  await sender.accepted('terms');
  await sender.accepted('attachment');
  await sender.handle.signal('accepted', null);
  await sender.handle.signal('accepted', { what: 'everything' });
  await sender.handle.signal('refused', 42);
  await sender.handle.signal('check', 'now', 'please');
  await sender.handle.signal('unheard-of', {});
  await replaceWorker();
  const person = new Person(simulator, EMAIL);
  await sender.reaches('awaiting-email');
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('signals-before-anyone-waits', sender.handle);
});

test('a claim that AR24 contradicts is kept, shown, and checked again soon', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.accepted('attachment', 'the holder');
  const view = await sender.shows('the claim', ({ claims }) => claims[0]?.contradicted === true);
  expect(view).toMatchObject({
    status: 'awaiting-attachment',
    claims: [{ what: 'attachment', by: 'the holder' }],
  });
  // Within a minute, long before the usual poll.
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.minutes(1);
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('claim-contradicted', sender.handle);
});

test('claims about other requirements, and of any shape, do not change the wait', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm() });
  const before = await sender.reaches('awaiting-email');
  await sender.shows('the terms asked for', ({ requests }) => requests.length > 0);
  const reads = callsTo(simulator, 'GET /user');
  for (const junk of [undefined, null, 42, 'terms', [], ['terms'], {}, { what: null, by: {} }]) {
    await sender.handle.signal('accepted', junk);
    await sender.handle.signal('refused', junk);
    await sender.handle.signal('check', junk, junk);
  }
  await sender.accepted('attachment', 'x'.repeat(1_000));
  await sender.shows('a claim', ({ claims }) => claims.some(({ what }) => what === 'attachment'));
  await sender.minutes(5);
  const after = await sender.view();
  expect(after).toMatchObject({
    status: 'awaiting-email',
    waitingFor: before.waitingFor,
    since: before.since,
    outcome: null,
  });
  // The account shows access, so the claimed refusal is discarded.
  expect(after.claims).toMatchObject([{ what: 'attachment', by: 'x'.repeat(100) }]);
  expect(callsTo(simulator, 'GET /user') - reads).toBeLessThanOrEqual(8);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('claims-in-any-shape', sender.handle);
});

test('a hint has AR24 read at once, long before the next poll', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.check();
  // No time is skipped.
  expect(await sender.reaches('ready')).toMatchObject({ outcome: { how: 'attached' } });
  await recordHistory('bare-hint', sender.handle);
});

test('an invalid update is refused with the reason, and changes nothing', async () => {
  const { start } = await openTestEnv();
  const sender = await start();
  const { version } = await sender.reaches('awaiting-registration');
  for (const [update, junk, why] of [
    ['register', null, /not an object of fields/],
    ['register', { ...registrationForm(), cgu: '1' }, /not in the fixed list/],
    ['register', { ...registrationForm(), city: 7 }, /city is not a text/],
    ['correctAddress', { email: '' }, /needs email, emailHashes and by/],
    ['extend', null, /not a date/],
    ['extend', { until: 'soon' }, /not a date/],
    ['cancel', { by: 'ops' }, /names by and reason/],
    ['override', 'terms', /names requirement, by and reason/],
    ['override', { requirement: 'attachment', by: 'ops', reason: 'x' }, /only these/],
    ['remind', { now: true }, /no reminder/],
  ] as const) {
    const answer = sender.handle.executeUpdate(update, { args: [junk] });
    await expect(answer).rejects.toMatchObject({
      cause: { type: 'UpdateRefused', message: expect.stringMatching(why) as unknown },
    });
  }
  expect(await sender.view()).toMatchObject({ version });
});

test('a hundred hints in a row cause few reads', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  const before = callsTo(simulator, 'GET /user');
  for (let hint = 0; hint < 100; hint++) await sender.check();
  await sender.minutes(5);
  expect(callsTo(simulator, 'GET /user') - before).toBeLessThanOrEqual(8);
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('hundred-hints', sender.handle);
});

test('late signals leave an ended onboarding as it is', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...complete, attached: '1' });
  const sender = await start({ emailVerified: true });
  await sender.outcome();
  await expect(sender.refused()).rejects.toThrow();
  expect(await sender.view()).toMatchObject({ status: 'ready' });
});
