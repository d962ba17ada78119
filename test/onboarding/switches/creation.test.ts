/** How AR24 may treat the fields of a new account, and how it may write its answers. */
import { expect, test } from '@jest/globals';
import { registerUpdate } from '../../../workflows/contract/index.ts';
import { accountsCreated, callsTo, mailsSent } from '../../support/ledger.ts';
import { Person } from '../../support/person.ts';
import { onboardingRequest, registrationForm } from '../../support/people.ts';
import { openTestEnv } from '../../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const SIRET = '73282932000074';
const OTHER_SIRET = '35600000000048';

/** Senders of one test environment. */
const other = (n: number) => ({ reference: `customer-${n}`, email: `sender${n}@example.org` });

test('an address confirmed by the partner: honoured, ignored, or refused until the setting is corrected', async () => {
  const { simulator, start } = await openTestEnv({ settings: { preConfirmEmail: true } });
  const signUp = { registration: registrationForm(), emailVerified: true };
  const confirmations = () => mailsSent(simulator, 'email-confirmation');

  simulator.setSwitches({ confirmedParameter: 'ignored' });
  const ignored = await start({ ...signUp, ...other(1) });
  expect(await ignored.reaches('awaiting-email')).toMatchObject({ problem: null });
  expect(confirmations()).toBe(1);

  simulator.setSwitches({
    confirmedParameter: 'refused',
    refusedParameterSlug: 'confirmed_is_not_for_you',
  });
  const refused = await start({ ...signUp, ...other(2) });
  const { problem } = await refused.shows('the problem', (view) => view.problem !== null);
  expect(problem).toMatchObject({ kind: 'unknown-slug', slug: 'confirmed_is_not_for_you' });
  expect(accountsCreated(simulator)).toBe(1);
  simulator.setSwitches({ confirmedParameter: 'honoured' });
  await refused.check();
  expect(await refused.reaches('awaiting-terms')).toMatchObject({ waitingFor: ['terms'] });
  expect([accountsCreated(simulator), confirmations()]).toEqual([2, 1]);
});

test('an unknown SIRET, a required VAT number: the fields are named in any language, and corrected', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: {
      switches: {
        unknownSirets: [SIRET],
        vatRequiredInFrance: true,
        genderRequired: false,
        defaultLanguage: 'nl',
      },
    },
  });
  const registration = registrationForm({ company_siret: SIRET });
  const sender = await start({ registration });
  const wrong = (field: string) =>
    sender.shows(field, ({ fieldErrors }) => fieldErrors[0]?.field === field);
  const send = (form: typeof registration) =>
    sender.handle.executeUpdate(registerUpdate, { args: [form] });

  const first = await wrong('company_siret');
  expect(first).toMatchObject({
    status: 'awaiting-registration',
    fieldErrors: [{ field: 'company_siret', slug: 'error_company_siret' }],
  });
  // Without a language.
  expect(JSON.stringify(first)).not.toMatch(/ongeldig|ontbreekt|invalid|est invalide/);
  simulator.setSwitches({ defaultLanguage: 'fr' });
  const corrected = registrationForm({ company_siret: OTHER_SIRET });
  await send(corrected);
  const second = await wrong('company_tva');
  expect(second.fieldErrors).toEqual([{ field: 'company_tva', slug: 'missing_company_tva' }]);
  await send({ ...corrected, company_tva: 'FR40303265045' });
  await sender.reaches('awaiting-email');
  expect([accountsCreated(simulator), callsTo(simulator, 'POST /user')]).toEqual([1, 3]);
});

test('a creation whose answer was lost is ours by our reference, and the operator’s if the reference is not shown', async () => {
  const { simulator, start } = await openTestEnv();
  const lost = () => {
    simulator.setFaults({ loseAnswer: { count: 1, routes: ['POST /user'] } });
  };
  lost();
  const shown = await start({ ...other(1), registration: registrationForm() });
  expect(await shown.reaches('awaiting-email')).toMatchObject({ question: null });

  simulator.setSwitches({ customRefShown: false });
  lost();
  const hidden = await start({ ...other(2), registration: registrationForm() });
  expect(await hidden.reaches('awaiting-operator')).toMatchObject({ question: 'whose-account' });
  simulator.setSwitches({ customRefShown: true });
  await hidden.minutes(1);
  await hidden.check();
  expect(await hidden.reaches('awaiting-email')).toMatchObject({ question: null });
  expect(accountsCreated(simulator)).toBe(2);
});

test.each([
  { numbersAs: 'numbers', emptyResult: 'array' },
  { numbersAs: 'mixed', emptyResult: 'absent', extraFields: true, identityField: 'false' },
] as const)(
  'answers written with %j: each requirement is requested once, and seen',
  async (switches) => {
    const { simulator, start } = await openTestEnv({ simulator: { switches } });
    const sender = await start({ registration: registrationForm(), require: ['payment'] });
    await sender.reaches('awaiting-email');
    const person = new Person(simulator, EMAIL);
    await person.confirmsEmail();
    await person.acceptsTerms();
    await person.clicks('payment', 'pay');
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', missing: ['identity'] });
    expect([accountsCreated(simulator), mailsSent(simulator)]).toEqual([1, 3]);
  },
);

test.each([
  ['success', null],
  ['error', 'accepted_long_ago'],
] as const)(
  'terms that were accepted during the request, answered by %s: ready, and nobody is mailed',
  async (termsAcceptedAnswer, slug) => {
    const { simulator, start } = await openTestEnv({
      simulator: { switches: { termsAcceptedAnswer, termsAcceptedSlug: 'accepted_long_ago' } },
      beforeCall: ({ route }, ar24) => {
        if (route === 'POST /user/request_cgu') ar24.updateAccount(EMAIL, { cgu: 1 });
      },
    });
    simulator.createAccount({ email: EMAIL, attached: 1, cgu: 0 });
    const sender = await start({ emailVerified: true });
    const shown = await sender.shows(
      'what came of it',
      ({ problem, requests }) => problem !== null || requests.length > 0,
    );
    expect(shown.problem?.slug ?? null).toBe(slug);
    expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
    expect(mailsSent(simulator)).toBe(0);
    expect(callsTo(simulator, 'POST /user/request_cgu')).toBe(1);
  },
);

test('hidden terms, accepted long ago and so never mailed: the slug is shown, and the operator decides', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { termsProof: 'claim' },
    simulator: {
      switches: {
        hideFields: ['cgu'],
        termsAcceptedAnswer: 'error',
        termsAcceptedSlug: 'accepted_long_ago',
      },
    },
  });
  simulator.createAccount({ email: EMAIL, attached: 1 });
  const sender = await start({ emailVerified: true });
  const { problem } = await sender.shows('the problem', (view) => view.problem !== null);
  expect(problem).toMatchObject({ kind: 'unknown-slug', slug: 'accepted_long_ago' });
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'terms', by: 'ops', reason: 'AR24 says that they are accepted' }],
  });
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    overrides: [{ requirement: 'terms', by: 'ops' }],
  });
  expect(mailsSent(simulator)).toBe(0);
});

test('the field of a payment link is read if it is configured, and the link is shown', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { paymentRequest: 'link' },
    environment: { AR24_PAYMENT_LINK_FIELDS: 'link,redirect_to' },
    simulator: { switches: { paymentLinkField: 'redirect_to' } },
  });
  simulator.createAccount({ email: EMAIL, attached: 1 });
  const sender = await start({ emailVerified: true, require: ['payment'] });
  const { paymentLink } = await sender.shows('a link', (view) => view.paymentLink !== null);
  await simulator.follow(paymentLink ?? 'no link');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  expect(mailsSent(simulator)).toBe(0);
});
