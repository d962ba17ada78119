/** The hash key is changed while senders wait: everything that depends on it keeps working. */
import { beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { OnboardingClient } from '../../client/index.ts';
import { eventually } from '../support/eventually.ts';
import { registrationForm } from '../support/people.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, all, anAddress, ATTACHED, listed, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let before: OnboardingClient;
let after: OnboardingClient;
/** A client without the old key, as after the last step of the change. */
let without: OnboardingClient;

beforeAll(async () => {
  const { temporal } = testEnv;
  const hashKey = { version: '2', key: randomBytes(32) };
  before = new OnboardingClient({ temporal, hashKey: HASH_KEY });
  after = new OnboardingClient({ temporal, hashKey, formerHashKeys: [HASH_KEY] });
  without = new OnboardingClient({ temporal, hashKey });
  await testEnv.startWorker();
});

test('a client with both keys finds onboardings from before and after the change: in pages by address and for webhooks', async () => {
  const email = anAddress();
  const [old, young] = [aReference(), aReference()];
  await before.start({ reference: old, email });
  await after.start({ reference: young, email });
  await listed(() => after.list({ email }), old);
  await listed(() => after.list({ email }), young);
  const found = (await after.page({ email })).onboardings.map(({ reference }) => reference);
  expect(found.sort()).toEqual([old, young].sort());
  const [hinted = []] = await after.openOf([{ email: email.toUpperCase() }]);
  expect([...hinted].sort()).toEqual([old, young].sort());
  // The last step of the change: older onboardings cannot be found by address any more.
  expect(await without.openOf([{ email }])).toEqual([[young]]);
});

test('a repeated start is recognised and its differences are named, for an open and for an ended onboarding', async () => {
  const request = { reference: aReference(), email: anAddress(), registration: registrationForm() };
  const { reference } = request;
  await before.start(request);
  expect((await after.start(request)).kind).toBe('open');
  const moved = { ...request, registration: registrationForm({ city: 'Lyon' }) };
  expect(await after.start(moved)).toMatchObject({
    kind: 'open-differs',
    differs: ['registration.city'],
  });
  await after.cancel(reference, { reason: 'a mistake' });
  await reaches(after, reference, 'cancelled');
  expect(await after.start(request)).toMatchObject({ kind: 'ended', asksForTheSame: true });
  expect(await after.start(moved)).toMatchObject({ kind: 'ended', asksForTheSame: false });
});

test('a restart after the change knows the access request from before it', async () => {
  const [reference, email] = [aReference(), anAddress()];
  testEnv.simulator.createAccount({ ...ATTACHED, email, attached: '0' });
  await before.start({ reference, email });
  await reaches(before, reference, 'awaiting-attachment');
  await before.cancel(reference, { reason: 'a mistake' });
  await reaches(before, reference, 'cancelled');
  testEnv.simulator.updateAccount(email, { attached: '1' });
  await after.start({ reference, email }, { restart: true });
  // The partner does not vouch for the address: the holder's answer to the earlier request counts.
  expect(await reaches(after, reference, 'ready')).toMatchObject({
    outcome: { kind: 'ready', accessRequested: true },
  });
});

test('an address corrected after the change is found by the new key', async () => {
  const reference = aReference();
  await before.start({ reference, email: anAddress() });
  await reaches(before, reference, 'awaiting-registration');
  const email = anAddress();
  await after.correctAddress(reference, { email });
  const found = await eventually(
    'found',
    () => all(without.list({ email })),
    ({ length }) => length > 0,
  );
  expect(found).toMatchObject([{ reference }]);
});
