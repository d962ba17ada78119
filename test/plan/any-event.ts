/** Events in any order and at any moment, likely or not: what came late, twice, or makes no sense. */
import fc from 'fast-check';
import { OVERRIDABLE, PROBLEM_KINDS, type Sighting } from '../../workflows/contract/index.ts';
import type { Event } from '../../workflows/state/events.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';

const MONTH_MS = 30 * 86_400_000;
const { email } = onboardingRequest();

const flag = fc.constantFrom('yes', 'no', 'unseen');
const account = fc.record(
  {
    id: fc.constantFrom('1', '2'),
    email: flag,
    terms: flag,
    profile: flag,
    payment: flag,
    identity: flag,
    termsByClaim: fc.boolean(),
    customRef: fc.constantFrom('customer-42', 'another'),
    siret: fc.constantFrom('73282932000074', '1'),
  },
  { requiredKeys: ['id', 'email', 'terms', 'profile', 'payment', 'identity', 'termsByClaim'] },
);
const sighting: fc.Arbitrary<Sighting> = fc.oneof(
  fc.constantFrom({ kind: 'absent' }, { kind: 'unavailable' }),
  account.map((seen) => ({ kind: 'attached' as const, account: seen })),
);
const slug = fc.constantFrom('user_not_exist', 'missing_email', 'anything_else');
const field = fc.constantFrom('email' as const, 'city' as const, 'form' as const);
const asked = fc.oneof(
  fc.record({ kind: fc.constant('taken' as const), answersLost: fc.nat(2) }),
  fc.record({
    kind: fc.constant('unanswered' as const),
    answersLost: fc.integer({ min: 1, max: 2 }),
    problem: fc.constantFrom('unreachable' as const, 'contract' as const),
  }),
  fc.record({
    kind: fc.constant('refused' as const),
    slug,
    field: fc.option(field, { nil: undefined }),
  }),
  fc.constant({ kind: 'unneeded' as const }),
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
  'look',
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
const text = fc.string({ minLength: 1, maxLength: 5 });

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ ...kind('acting'), call, ...when }),
  fc.record({ ...kind('call-interrupted'), call, ...when, email: from.email }),
  fc.record({ ...kind('looked'), sighting, ...from }),
  fc.record({
    ...kind('access-requested', 'terms-requested', 'payment-requested', 'identity-ordered'),
    result: fc.record({ sighting: fc.option(sighting), asked }),
    ...from,
  }),
  fc.record({ ...kind('account-created'), result: created, ...from }),
  fc.record({
    ...kind('call-failed'),
    call,
    failure: fc.record({ problem: fc.constantFrom(...PROBLEM_KINDS) }),
    ...from,
  }),
  fc.record({ ...kind('accepted', 'refused', 'withdrawn'), message: fc.anything(), ...when }),
  fc.record({ ...kind('check', 'remind', 'links-revoked', 'partner-reminded'), ...when }),
  fc.record({ ...kind('registered'), form: fc.constant(registrationForm()), ...when }),
  fc.record({
    ...kind('address-corrected'),
    address: fc.record({
      email: fc.constantFrom(email, 'a@example.org'),
      emailHash: text,
      emailVerified: fc.boolean(),
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
