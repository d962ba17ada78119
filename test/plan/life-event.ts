/** What may happen to a sender, at AR24 and by message. */
import fc from 'fast-check';
import type { Overridable } from '../../workflows/contract/index.ts';
import type { Trouble } from './ar24-model.ts';

export type LifeEvent =
  | { readonly what: 'time'; readonly minutes: number }
  | { readonly what: 'trouble'; readonly trouble: Trouble }
  | { readonly what: 'opens-account' | 'accepts-access' | 'loses-access' | 'deletes-account' }
  | { readonly what: 'confirms-email' | 'accepts-terms' | 'pays' | 'proves-identity' }
  | { readonly what: 'renews-terms' | 'loses-payment' | 'loses-identity' }
  | { readonly what: 'form-trouble'; readonly refuses: boolean }
  | {
      readonly what: 'signal';
      readonly kind: 'accepted' | 'refused' | 'check';
      readonly message: unknown;
    }
  | { readonly what: 'polled' | 'register' | 'remind' | 'extend' | 'cancel' }
  | { readonly what: 'correct-address'; readonly email: string }
  | { readonly what: 'override'; readonly requirement: Overridable };

/** Life events that reach the workflow at once. */
export type Observed = Extract<
  LifeEvent,
  {
    what:
      | 'polled'
      | 'signal'
      | 'register'
      | 'remind'
      | 'extend'
      | 'cancel'
      | 'correct-address'
      | 'override';
  }
>;

/** Life events during the next call. */
export interface InCall {
  readonly what: 'in-call';
  readonly brings: readonly LifeEvent[];
  /** Whether AR24 carries the call out before or after them. */
  readonly ar24: 'early' | 'late';
  /** The workflow cancels a call that they make void; AR24 may have carried it out already. */
  readonly isCutOff: boolean;
  /** The worker dies before it reports the result. */
  readonly workerDies: boolean;
}

const TROUBLES: readonly Trouble[] = [
  'down',
  'lost-answers',
  'broken-answers',
  'unknown-slug',
  'two-faced',
  'read-only',
  'refuses-address',
  'blind',
];

const constant = (...whats: LifeEvent['what'][]) =>
  fc.constantFrom(...whats.map((what) => ({ what }) as unknown as LifeEvent));

const junk = fc.constantFrom<unknown>(null, undefined, 'terms', {}, { what: 'everything' }, [1]);
const claim = fc.constantFrom('attachment', 'email', 'terms').map((what) => ({ what, by: 'them' }));

/** Any life event, common ones more often than rare ones. */
const lifeEvent: fc.Arbitrary<LifeEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 0, max: 6 * 24 * 60 })
      .map((minutes) => ({ what: 'time' as const, minutes })),
  },
  {
    weight: 6,
    arbitrary: constant('opens-account', 'accepts-access', 'confirms-email', 'accepts-terms'),
  },
  {
    weight: 2,
    arbitrary: constant('pays', 'proves-identity', 'polled', 'loses-access', 'deletes-account'),
  },
  { weight: 1, arbitrary: constant('renews-terms', 'loses-payment', 'loses-identity') },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('signal' as const),
      kind: fc.constantFrom('accepted' as const, 'refused' as const, 'check' as const),
      message: fc.oneof(claim, junk),
    }),
  },
  { weight: 3, arbitrary: constant('register', 'remind', 'extend') },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Trouble>('none', 'none', 'none', ...TROUBLES)
      .map((trouble) => ({ what: 'trouble' as const, trouble })),
  },
  {
    weight: 1,
    arbitrary: fc.boolean().map((refuses) => ({ what: 'form-trouble' as const, refuses })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('a@example.org', 'b@example.org')
      .map((email) => ({ what: 'correct-address' as const, email })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Overridable>('operator', 'email', 'terms', 'profile', 'identity')
      .map((requirement) => ({ what: 'override' as const, requirement })),
  },
  { weight: 1, arbitrary: constant('cancel') },
);

const minutes = fc.integer({ min: 0, max: 20 });
const inCall: fc.Arbitrary<InCall> = fc.record({
  what: fc.constant('in-call' as const),
  brings: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: lifeEvent.filter(({ what }) => what !== 'time') },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('time' as const), minutes }) },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  ar24: fc.constantFrom('early', 'late'),
  isCutOff: fc.boolean(),
  workerDies: fc.boolean(),
});

/** What makes an account look like another one, during a call. */
export const accountConfusion: fc.Arbitrary<InCall> = fc.record({
  what: fc.constant('in-call' as const),
  brings: fc.array(
    fc.constantFrom<LifeEvent>(
      { what: 'trouble', trouble: 'blind' },
      { what: 'trouble', trouble: 'two-faced' },
      { what: 'trouble', trouble: 'none' },
      { what: 'polled' },
      { what: 'override', requirement: 'operator' },
      { what: 'correct-address', email: 'a@example.org' },
    ),
    { maxLength: 6 },
  ),
  ar24: fc.constantFrom('early', 'late'),
  isCutOff: fc.boolean(),
  workerDies: fc.boolean(),
});

/** Life events, also during calls. */
export const anyLifeEvent: fc.Arbitrary<LifeEvent | InCall> = fc.oneof(
  { weight: 5, arbitrary: lifeEvent },
  { weight: 1, arbitrary: inCall },
);
