/**
 * Requirements that are lost again before the onboarding ends, and special cases of identities at
 * AR24.
 */
import { expect, test } from '@jest/globals';
import { Ar24Client } from '../../../ar24/index.ts';
import { accountsCreated, callsTo, lettersSent, mailsSent } from '../../support/ledger.ts';
import { Person } from '../../support/person.ts';
import { recordHistory } from '../../support/histories.ts';
import { onboardingRequest, registrationForm } from '../../support/people.ts';
import type { SenderUnderTest } from '../../support/sender.ts';
import { openTestEnv, type TestEnvOptions, type TestEnv } from '../../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const ORDERED = 'POST /user/identity';
type Simulator = TestEnv['simulator'];

/** Any mail to the holder has these links. */
async function takeAway(ar24: Simulator, loss: string): Promise<void> {
  await ar24.follow(`/m/${ar24.mailbox()[0]?.id ?? 'none'}/${loss}`);
}

async function looksAgain(sender: SenderUnderTest): Promise<void> {
  await sender.minutes(1);
  await sender.check();
}

/** Created by us, and its terms are accepted; the address is not confirmed, and no payment made. */
async function halfDone(options: TestEnvOptions = {}) {
  const testEnv = await openTestEnv(options);
  const sender = await testEnv.start({ registration: registrationForm(), require: ['payment'] });
  await sender.reaches('awaiting-email');
  const person = new Person(testEnv.simulator, EMAIL);
  await person.receives('payment');
  await person.acceptsTerms();
  await person.clicks('payment', 'pay');
  await looksAgain(sender);
  await sender.shows('half of it', ({ waitingFor }) => waitingFor.join() === 'email');
  return { ...testEnv, sender, person };
}

test('new terms, and a lost means of payment: requested again at once, once a day at most', async () => {
  const { simulator, sender, person } = await halfDone();
  await sender.days(2);
  const before = { terms: mailsSent(simulator, 'terms'), payment: mailsSent(simulator, 'payment') };
  expect(before).toEqual({ terms: 1, payment: 1 });
  await takeAway(simulator, 'renew-terms');
  await takeAway(simulator, 'lose-payment');
  await looksAgain(sender);
  await sender.shows('the loss', ({ waitingFor }) => waitingFor.join() === 'email,terms,payment');
  await sender.shows('both mails', () => mailsSent(simulator) === 5);
  expect([mailsSent(simulator, 'terms'), mailsSent(simulator, 'payment')]).toEqual([2, 2]);

  // A flag that changes often does not cause a mail each time.
  for (const cgu of [1, 0, 1, 0] as const) {
    simulator.updateAccount(EMAIL, { cgu });
    await looksAgain(sender);
    await sender.shows('it', ({ waitingFor }) => waitingFor.includes('terms') === (cgu === 0));
  }
  expect(mailsSent(simulator, 'terms')).toBe(2);
  await person.confirmsEmail();
  await person.acceptsTerms();
  await person.clicks('payment', 'pay');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('terms-and-payment-lost', sender.handle);
});

test('an earlier claim does not prove new terms once AR24 has shown the terms as accepted', async () => {
  const { simulator, sender, person } = await halfDone({ settings: { termsProof: 'claim' } });
  await sender.accepted('terms');
  await looksAgain(sender);
  await takeAway(simulator, 'renew-terms');
  await person.confirmsEmail();
  await looksAgain(sender);
  expect(await sender.reaches('awaiting-terms')).toMatchObject({ outcome: null });
});

test('a lost means of payment: its old link is not shown any more, and a new one is', async () => {
  const { simulator, start } = await openTestEnv({ settings: { paymentRequest: 'link' } });
  simulator.createAccount({ email: EMAIL, attached: 1, confirmed: 0 });
  const sender = await start({ emailVerified: true, require: ['payment'] });
  const { paymentLink } = await sender.shows('a link', (view) => view.paymentLink !== null);
  await simulator.follow(paymentLink ?? 'none');
  await looksAgain(sender);
  await sender.shows('paid', ({ waitingFor }) => waitingFor.join() === 'email');
  await sender.days(2);
  simulator.updateAccount(EMAIL, { payment_active: 0 });
  await looksAgain(sender);
  const again = await sender.shows(
    'another link',
    (view) => view.paymentLink !== null && view.paymentLink !== paymentLink,
  );
  expect(again.waitingFor).toEqual(['email', 'payment']);
  expect(mailsSent(simulator)).toBe(0);
});

test('access that its holder withdraws while the terms are awaited: requested again', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ email: EMAIL, cgu: 0 });
  const sender = await start();
  const person = new Person(simulator, EMAIL);
  await person.acceptsAccess();
  await sender.accepted('attachment');
  await sender.reaches('awaiting-terms');
  await sender.shows('mailed', () => person.mails('terms').length === 1);
  await takeAway(simulator, 'withdraw');
  await looksAgain(sender);
  await sender.reaches('awaiting-attachment');
  await sender.shows('asked', () => mailsSent(simulator, 'access-request') === 2);
  await person.acceptsAccess();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
});

test('an expired link to confirm the address: another one works', async () => {
  const { simulator, sender, person } = await halfDone({
    simulator: { switches: { confirmationLinkMinutes: 0 } },
  });
  await person.confirmsEmail();
  await looksAgain(sender);
  expect(await sender.view()).toMatchObject({ waitingFor: ['email'], problem: null });
  simulator.setSwitches({ confirmationLinkMinutes: 60 });
  expect(person.mails('email-confirmation')).toHaveLength(2);
  await person.confirmsEmail();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
});

test('an expired link to confirm the address, without a new one: expired by the address', async () => {
  const { simulator, sender, person } = await halfDone({
    simulator: { switches: { confirmationLinkMinutes: 0, confirmationLinkOver: 'nothing' } },
  });
  await person.confirmsEmail();
  const mails = mailsSent(simulator);
  expect(await sender.outcome()).toMatchObject({ kind: 'expired', waitingFor: ['email'] });
  expect(mailsSent(simulator)).toBe(mails);
});

test('an expired link to confirm the address, and its account gone: the operator, then created again', async () => {
  const { simulator, sender, person } = await halfDone({
    simulator: { switches: { confirmationLinkMinutes: 0, confirmationLinkOver: 'account-gone' } },
  });
  await person.confirmsEmail();
  await looksAgain(sender);
  expect(await sender.reaches('awaiting-operator')).toMatchObject({ question: 'account-gone' });
  expect(accountsCreated(simulator)).toBe(1);
  simulator.setSwitches({ confirmationLinkMinutes: null });
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'AR24 removed it' }],
  });
  await sender.shows('the account', () => accountsCreated(simulator) === 2);
  await person.confirmsEmail();
  await person.acceptsTerms();
  await sender.shows('the payment', () => mailsSent(simulator, 'payment') === 2);
  await person.clicks('payment', 'pay');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
});

async function identified(options: TestEnvOptions, account: object = {}) {
  const testEnv = await openTestEnv(options);
  const { id } = testEnv.simulator.createAccount({ email: EMAIL, attached: 1, ...account });
  const { apiUrl: baseUrl, token, privateKey } = testEnv.simulator;
  return {
    ...testEnv,
    id,
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    begin: () => testEnv.start({ emailVerified: true, require: ['identity'] }),
    person: new Person(testEnv.simulator, EMAIL),
  };
}

test('no postal address for the key: shown by its slug, and ordered once as soon as there is one', async () => {
  const { simulator, begin, person } = await identified(
    { simulator: { switches: { identityNoAddressSlug: 'where_to' } } },
    { city: '' },
  );
  const sender = await begin();
  const { problem } = await sender.shows('the problem', (view) => view.problem !== null);
  expect(problem).toMatchObject({ kind: 'unknown-slug', slug: 'where_to' });
  await sender.days(1);
  expect(lettersSent(simulator)).toBe(0);
  simulator.updateAccount(EMAIL, { city: 'Paris' });
  await sender.check();
  expect(await sender.reaches('awaiting-identity')).toMatchObject({ question: null });
  await sender.shows('the letter', () => lettersSent(simulator) === 1);
  await person.clicks('identity-letter', 'enter-key');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  expect(lettersSent(simulator)).toBe(1);
});

test.each([
  ['letter', 2, null],
  ['silent', 1, null],
  ['error', 1, 'on_its_way'],
] as const)(
  'a key that another partner has on order, ordered again (%s): once by us, and ready by the first',
  async (identityOnOrder, letters, slug) => {
    const { simulator, begin, ar24, id, person } = await identified({
      simulator: { switches: { identityOnOrder, identityOnOrderSlug: 'on_its_way' } },
    });
    await ar24.orderIdentity(id);
    const sender = await begin();
    const shown = await sender.shows(
      'what came of it',
      ({ problem, requests }) => problem !== null || requests.length > 0,
    );
    expect(shown.problem?.slug ?? null).toBe(slug);
    await person.clicks('identity-letter', 'enter-key');
    expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
    expect(lettersSent(simulator)).toBe(letters);
    expect(callsTo(simulator, ORDERED)).toBe(2);
  },
);

test('an identity that has expired or was revoked: one letter, however often the flag changes', async () => {
  const { simulator, begin, person } = await identified(
    { simulator: { switches: { identityDays: 0 } } },
    { is_identity_verified: 1 },
  );
  const sender = await begin();
  await sender.reaches('awaiting-identity');
  await person.clicks('identity-letter', 'enter-key');
  await takeAway(simulator, 'revoke-key');
  simulator.setSwitches({ identityDays: null });
  await sender.days(3);
  expect(await sender.view()).toMatchObject({ status: 'awaiting-identity', problem: null });
  simulator.updateAccount(EMAIL, { is_identity_verified: 1 });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  expect(lettersSent(simulator)).toBe(1);
});

test('a certificate verifies the identity if AR24 shows it; otherwise a key is ordered as usual', async () => {
  const { simulator, begin } = await identified(
    { simulator: { switches: { certificateShown: true } } },
    { certificate: 1 },
  );
  const shown = await begin();
  expect(await shown.outcome()).toMatchObject({ kind: 'ready', missing: ['payment'] });
  expect(lettersSent(simulator)).toBe(0);

  simulator.setSwitches({ certificateShown: false });
  const hidden = await begin();
  await hidden.shows('the letter', () => lettersSent(simulator) === 1);
  expect(await hidden.view()).toMatchObject({ status: 'awaiting-identity', question: null });
});
