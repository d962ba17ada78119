/** The ways in which terms are accepted, and in which we learn of it. */
import { expect, test } from '@jest/globals';
import { callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const termsEvidence = { version: '2026-01', acceptedAt: '2026-03-02T08:00:00Z' };
const signUp = { registration: registrationForm(), termsEvidence, emailVerified: true };
const preAccepting = { preAcceptTerms: true, preConfirmEmail: true };

test('terms accepted at sign-up, honoured by AR24: ready at once, nobody is mailed', async () => {
  const { simulator, start } = await openTestEnv({
    settings: preAccepting,
    simulator: { switches: { cguParameter: 'honoured', confirmedParameter: 'honoured' } },
  });
  const sender = await start(signUp);
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  expect(mailsSent(simulator)).toBe(0);
  await recordHistory('terms-pre-accepted', sender.handle);
});

test('terms accepted at sign-up, ignored by AR24: the person is asked as usual', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { ...preAccepting, termsMail: 'request' },
    simulator: { switches: { cguParameter: 'ignored', termsMailOnCreation: false } },
  });
  const sender = await start(signUp);
  await sender.reaches('awaiting-terms');
  await new Person(simulator, EMAIL).acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  expect(mailsSent(simulator, 'terms')).toBe(1);
  await recordHistory('terms-pre-acceptance-ignored', sender.handle);
});

test('terms accepted at sign-up, refused by AR24: a problem until the setting is corrected', async () => {
  const { simulator, start, replaceWorker } = await openTestEnv({
    replaceable: true,
    settings: preAccepting,
    simulator: { switches: { cguParameter: 'refused', refusedParameterSlug: 'cgu_not_allowed' } },
  });
  const sender = await start(signUp);
  const view = await sender.shows('a problem', ({ problem }) => problem !== null);
  expect(view).toMatchObject({ problem: { kind: 'unknown-slug', slug: 'cgu_not_allowed' } });
  await replaceWorker({ settings: {} });
  await sender.check();
  await sender.reaches('awaiting-email');
  expect(simulator.accounts()).toHaveLength(1);
  await recordHistory('terms-pre-acceptance-refused', sender.handle);
});

test('terms accepted at sign-up, refused by AR24 without a reason: the form, then the operator', async () => {
  const { simulator, start } = await openTestEnv({
    settings: preAccepting,
    simulator: { switches: { cguParameter: 'refused', refusedParameterSlug: 'user_not_created' } },
  });
  const sender = await start(signUp);
  expect(await sender.reaches('awaiting-registration')).toMatchObject({
    fieldErrors: [{ field: 'form', slug: 'user_not_created' }],
  });
  await sender.handle.executeUpdate('register', { args: [registrationForm()] });
  expect(await sender.reaches('awaiting-operator')).toMatchObject({ question: 'creation-refused' });
  // AR24 changes the setting of the token, and the operator retries.
  simulator.setSwitches({ cguParameter: 'honoured' });
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'AR24 has set it up' }],
  });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('terms-pre-acceptance-refused-generically', sender.handle);
});

test('without evidence from the sender, terms are never pre-accepted', async () => {
  const { start } = await openTestEnv({
    settings: preAccepting,
    simulator: { switches: { cguParameter: 'honoured' } },
  });
  const sender = await start({ ...signUp, termsEvidence: undefined });
  expect(await sender.reaches('awaiting-terms')).toMatchObject({ waitingFor: ['terms'] });
});

test('AR24 mails no terms by itself, although the setting says so: the first reminder sends them', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { termsMailOnCreation: false } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  expect(mailsSent(simulator, 'terms')).toBe(0);
  await sender.days(3.8);
  expect(mailsSent(simulator, 'terms')).toBe(1);
});

test('AR24 mails no terms by itself, as the setting says: requested at once, one mail', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { termsMail: 'request' },
    simulator: { switches: { termsMailOnCreation: false } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  await sender.shows('the mail', () => mailsSent(simulator, 'terms') > 0);
  expect(mailsSent(simulator, 'terms')).toBe(1);
});

test('AR24 mails the terms by itself: request_cgu only as a reminder', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  expect(callsTo(simulator, 'POST /user/request_cgu')).toBe(0);
  // Two days, and at most a Saturday evening and a Sunday.
  await sender.days(3.8);
  expect(callsTo(simulator, 'POST /user/request_cgu')).toBe(1);
  expect(mailsSent(simulator, 'terms')).toBe(2);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('terms-mailed-by-ar24', sender.handle);
});

test('AR24 shows no terms: a claim alone proves them, if the partner sets so', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { termsProof: 'claim' },
    simulator: { switches: { hideFields: ['cgu'] } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  await new Person(simulator, EMAIL).confirmsEmail();
  await sender.accepted('email');
  await sender.reaches('awaiting-terms');
  await sender.minutes(1);
  await sender.accepted('terms', 'the partner');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('terms-by-claim', sender.handle);
});

test('AR24 shows no terms, and a claim does not count: an operator decides', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { hideFields: ['cgu'] } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  await new Person(simulator, EMAIL).confirmsEmail();
  await sender.accepted('terms');
  const view = await sender.reaches('awaiting-operator');
  expect(view).toMatchObject({ question: 'not-visible', notVisible: ['terms'] });
  expect(view.claims).toMatchObject([{ what: 'terms', contradicted: true }]);
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'terms', by: 'ops', reason: 'signed on paper' }],
  });
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    overrides: [{ requirement: 'terms', by: 'ops', reason: 'signed on paper' }],
  });
  await recordHistory('terms-overridden', sender.handle);
});
