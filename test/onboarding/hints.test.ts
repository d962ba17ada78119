/** Signals: claims and hints, which AR24 is read for before anything is believed. */
import { expect, test } from '@jest/globals';
import { callsTo } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openWorld } from '../support/world.ts';

const EMAIL = onboardingRequest().email;
const opened = { email: EMAIL, confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;

test('signals before anyone waits, twice, for the other thing and in any shape: harmless', async () => {
  const { simulator, start, stopWorker, replaceWorker } = await openWorld({ replaceable: true });
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

test('a claim that AR24 contradicts is kept, shown, and soon checked again', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.accepted('attachment', 'the holder');
  const view = await sender.shows('the claim', ({ claims }) => claims[0]?.contradicted === true);
  expect(view).toMatchObject({
    status: 'awaiting-attachment',
    claims: [{ what: 'attachment', by: 'the holder' }],
  });
  // Within the minute, long before the usual poll.
  await new Person(simulator, EMAIL).acceptsAccess();
  await sender.minutes(1);
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('claim-contradicted', sender.handle);
});

test('one who says that he has acted is not reminded', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await sender.accepted('attachment');
  await sender.shows('the claim', ({ claims }) => claims.length > 0);
  expect(await sender.view()).toMatchObject({ nextReminder: null });
});

test('a hundred hints in a row cause few reads', async () => {
  const { simulator, start } = await openWorld();
  simulator.createAccount(opened);
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
  const { simulator, start } = await openWorld();
  simulator.createAccount({ ...opened, attached: '1' });
  const sender = await start({ emailVerified: true });
  await sender.outcome();
  await expect(sender.refused()).rejects.toThrow();
  expect(await sender.view()).toMatchObject({ status: 'ready' });
});
