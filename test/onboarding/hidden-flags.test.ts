/**
 * AR24 does not show whether something is done: an operator is asked within the hour, and nobody is
 * mailed for nothing.
 */
import { expect, test } from '@jest/globals';
import type { OnboardingView, OptionalRequirement } from '../../workflows/contract/index.ts';
import type { SimulatorOptions } from '../../simulator/index.ts';
import { callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import type { SenderUnderTest } from '../support/sender.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
/** Complete, and attached to us. */
const FINISHED = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
  payment_active: '1',
  attached: '1',
} as const;

interface Hidden {
  readonly requirement: 'email' | 'terms' | 'profile' | 'payment';
  readonly fields: readonly string[];
  readonly require: readonly OptionalRequirement[];
}

const HIDDEN: readonly Hidden[] = [
  { requirement: 'email', fields: ['confirmed'], require: [] },
  { requirement: 'terms', fields: ['cgu'], require: [] },
  { requirement: 'profile', fields: ['name', 'firstname', 'lastname'], require: [] },
  {
    requirement: 'payment',
    fields: ['payment_active', 'is_payment_possible'],
    require: ['payment'],
  },
];

/** Legacy tokens get answers in clear, and need no signature. */
const TOKENS = [
  ['as today', {}],
  ['of old', { encryptSuccesses: false, requireSignature: false }],
] as const;

const cases = TOKENS.flatMap(([token, switches]) =>
  HIDDEN.map((hidden) => ({ ...hidden, token, switches })),
);

async function override(sender: SenderUnderTest, requirement: string): Promise<void> {
  await sender.handle.executeUpdate('override', {
    args: [{ requirement, by: 'ops', reason: 'seen on paper' }],
  });
}

const isAsked = ({ question }: OnboardingView) => question === 'not-visible';

test.each(cases)(
  'a complete account whose $requirement is hidden, token $token: the operator decides',
  async ({ requirement, fields, require, switches }) => {
    const { simulator, start } = await openTestEnv({
      simulator: { switches: { ...switches, hideFields: [...fields] } },
    });
    simulator.createAccount(FINISHED);
    const sender = await start({ emailVerified: true, require });
    const view = await sender.reaches('awaiting-operator');
    expect(view).toMatchObject({
      question: 'not-visible',
      notVisible: [requirement],
      waitingFor: [requirement, 'operator'],
      problem: null,
    });
    await override(sender, requirement);
    expect(await sender.outcome()).toMatchObject({
      kind: 'ready',
      overrides: [{ requirement, by: 'ops', reason: 'seen on paper' }],
    });
    expect(mailsSent(simulator)).toBe(0);
  },
);

test('everything is hidden: one yes covers it, and the outcome names each requirement', async () => {
  const fields = HIDDEN.slice(0, 3).flatMap((one) => one.fields);
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { hideFields: fields } },
  });
  simulator.createAccount(FINISHED);
  const sender = await start({ emailVerified: true });
  const view = await sender.reaches('awaiting-operator');
  expect(view.notVisible).toEqual(['email', 'terms', 'profile']);
  await override(sender, 'operator');
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    overrides: ['email', 'terms', 'profile'].map((requirement) => ({ requirement })),
  });
  expect(mailsSent(simulator)).toBe(0);
  await recordHistory('not-visible', sender.handle);
});

test('shown again, it is awaited as usual, and an operator cannot override it', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { hideFields: ['confirmed'] } },
  });
  simulator.createAccount({ ...FINISHED, confirmed: '0' });
  const sender = await start({ emailVerified: true });
  await sender.shows('the question', isAsked);
  simulator.setSwitches({ hideFields: [] });
  await sender.check();
  expect(await sender.reaches('awaiting-email')).toMatchObject({ question: null, notVisible: [] });
  await expect(override(sender, 'email')).rejects.toThrow();
});

test('created by us with everything hidden: requested as usual, and the operator is asked too', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { hideFields: ['confirmed', 'cgu'] } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.shows('the question', isAsked);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  // No reminder to a person who may have done it all.
  const mails = mailsSent(simulator);
  await sender.days(12);
  expect(mailsSent(simulator)).toBe(mails);
  await override(sender, 'operator');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
});

test('hidden terms of a complete account, if a claim proves them: requested once, and the claim counts', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { termsProof: 'claim' },
    simulator: { switches: { hideFields: ['cgu'] } },
  });
  simulator.createAccount(FINISHED);
  const sender = await start({ emailVerified: true });
  expect(await sender.reaches('awaiting-terms')).toMatchObject({ question: null });
  await sender.shows('the mail', ({ requests }) => requests.length === 1);
  await sender.accepted('terms');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', overrides: [] });
  expect(callsTo(simulator, 'POST /user/request_cgu')).toBe(1);
});

test('a missing identity flag means not verified: no question, and the letter is ordered', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(FINISHED);
  const sender = await start({ emailVerified: true, require: ['identity'] });
  expect(await sender.reaches('awaiting-identity')).toMatchObject({ question: null });
  await sender.shows('the order', ({ requests }) => requests.length === 1);
  expect(lettersSent(simulator)).toBe(1);
});

test.each(['pending', { state: 'on order' }, 2])(
  'an identity of %j means neither: the operator is asked, and nothing is ordered',
  async (is_identity_verified) => {
    const { simulator, start } = await openTestEnv({
      alter: (result) => ({ ...result, is_identity_verified }),
    });
    simulator.createAccount(FINISHED);
    const sender = await start({ emailVerified: true, require: ['identity'] });
    const view = await sender.reaches('awaiting-operator');
    expect(view.notVisible).toEqual(['identity']);
    expect(lettersSent(simulator)).toBe(0);
  },
);

const LEGACY: readonly NonNullable<SimulatorOptions['switches']>[] = [
  { encryptSuccesses: false },
  { requireSignature: false },
  { encryptSuccesses: false, requireSignature: false },
];

test.each(LEGACY)('a legacy token, %j: created and ready as usual', async (switches) => {
  const { simulator, start } = await openTestEnv({ simulator: { switches } });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
});
