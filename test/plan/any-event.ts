/** Events in any order and at any moment, likely or not: late, repeated or invalid. */
import fc from 'fast-check';
import {
  ACCOUNT_REQUIREMENTS,
  DEFAULT_POLICY,
  OVERRIDABLE,
  PROBLEM_KINDS,
  type AccountRequirement,
  type AccountSnapshot,
} from '../../workflows/contract/index.ts';
import type { Event } from '../../workflows/state/events.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';

const MONTH_MS = 30 * 86_400_000;
const { email } = onboardingRequest();

const flag = fc.constantFrom('yes', 'no', 'unseen');
const flags = Object.fromEntries(ACCOUNT_REQUIREMENTS.map((name) => [name, flag])) as Readonly<
  Record<AccountRequirement, typeof flag>
>;
const account = fc.record(
  {
    id: fc.constantFrom('1', '2'),
    ...flags,
    customRef: fc.constantFrom('customer-42', 'another'),
    siret: fc.constantFrom('73282932000074', '1'),
  },
  { requiredKeys: ['id', ...ACCOUNT_REQUIREMENTS] },
);
const snapshot: fc.Arbitrary<AccountSnapshot> = fc.oneof(
  fc.constantFrom({ kind: 'absent' }, { kind: 'unavailable' }),
  account.map((seen) => ({ kind: 'attached' as const, account: seen })),
);
const slug = fc.constantFrom('user_not_exist', 'missing_email', 'anything_else');
const field = fc.constantFrom('email' as const, 'city' as const, 'form' as const);
const answer = fc.oneof(
  fc.constant({ kind: 'sent' as const }),
  fc.record({
    kind: fc.constant('unconfirmed' as const),
    problem: fc.constantFrom('unreachable' as const, 'contract' as const),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    slug,
    field: fc.option(field, { nil: undefined }),
  }),
  fc.constant({ kind: 'not-needed' as const }),
);
const created = fc.oneof(
  fc.record({ kind: fc.constant('created' as const), account, termsMailed: fc.boolean() }),
  fc.constantFrom({ kind: 'exists' as const }, { kind: 'not-created' as const }),
  fc.record({
    kind: fc.constant('field-refused' as const),
    errors: fc.array(fc.record({ field, slug }), { minLength: 1, maxLength: 2 }),
  }),
);
const call = fc.constantFrom(
  'read-account',
  'request-access',
  'create-account',
  'request-terms',
  'request-payment',
  'order-identity',
);
const when = { at: fc.nat(MONTH_MS * 3) };
const from = {
  ...when,
  startedAt: fc.nat(MONTH_MS * 3),
  email: fc.constantFrom(email, email, email, 'a@example.org'),
};
const kind = <K extends Event['kind']>(...kinds: K[]) => ({ kind: fc.constantFrom(...kinds) });
const policy = fc
  .record({
    deadlineDays: fc.constantFrom(1, 30),
    termsProof: fc.constantFrom('field' as const, 'claim' as const),
  })
  .map((drawn) => ({ ...DEFAULT_POLICY, ...drawn }));
const text = fc.string({ minLength: 1, maxLength: 5 });

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ ...kind('acting'), call, ...when }),
  fc.record({ ...kind('call-interrupted'), call, ...when, email: from.email }),
  fc.record({ ...kind('account-read'), snapshot, ...from }),
  fc.record({
    ...kind('access-requested', 'terms-requested', 'payment-requested', 'identity-ordered'),
    result: fc.record({ snapshot: fc.option(snapshot), answer }),
    ...from,
  }),
  fc.record({ ...kind('account-created'), result: created, ...from }),
  fc.record({
    ...kind('call-failed'),
    call,
    failure: fc.record({
      problem: fc.constantFrom(...PROBLEM_KINDS),
      delivered: fc.constantFrom('no' as const, 'unknown' as const),
    }),
    ...from,
  }),
  fc.record({
    ...kind('requesters-found'),
    found: fc.boolean(),
    accountId: fc.constantFrom('1', '2'),
    email: from.email,
    ...when,
  }),
  fc.record({
    ...kind('policy-read'),
    policy,
    fingerprint: text,
    ...when,
  }),
  fc.record({ ...kind('policy-due'), ...when }),
  fc.record({ ...kind('accepted', 'refused', 'withdrawn'), message: fc.anything(), ...when }),
  fc.record({ ...kind('check', 'remind', 'links-revoked', 'partner-reminded'), ...when }),
  fc.record({ ...kind('prefilled'), prefill: fc.constant({ city: 'Lyon' }), ...when }),
  fc.record({ ...kind('registered'), form: fc.constant(registrationForm()), ...when }),
  fc.record({
    ...kind('address-corrected'),
    address: fc.record({
      email: fc.constantFrom(email, 'a@example.org'),
      emailHashes: fc.array(text, { minLength: 1, maxLength: 3 }),
      emailVerified: fc.boolean(),
      by: text,
    }),
    ...when,
  }),
  fc.record({
    ...kind('address-reported'),
    address: fc.record({
      email: fc.constantFrom(email, 'a@example.org', 'b@example.org'),
      emailHashes: fc.array(text, { minLength: 1, maxLength: 3 }),
      emailVerified: fc.boolean(),
      by: text,
      asOf: fc.nat(MONTH_MS * 3),
    }),
    ...when,
  }),
  fc.record({ ...kind('extended'), until: fc.nat(MONTH_MS * 12), ...when }),
  fc.record({ ...kind('cancelled'), by: text, reason: text, ...when }),
  fc.record({
    ...kind('overridden'),
    requirement: fc.constantFrom(...OVERRIDABLE),
    by: text,
    reason: text,
    ...when,
  }),
  fc.record({ ...kind('update-seen'), id: text, ...when }),
);
