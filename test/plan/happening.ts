/** What may happen to a sender, in the world and by message. */
import fc from 'fast-check';
import type { Overridable } from '../../workflows/contract/index.ts';
import type { Trouble } from './ar24-model.ts';

export type Happening =
  | { readonly what: 'time'; readonly minutes: number }
  | { readonly what: 'trouble'; readonly trouble: Trouble }
  | { readonly what: 'opens-account' | 'accepts-access' | 'loses-access' | 'deletes-account' }
  | { readonly what: 'confirms-email' | 'accepts-terms' | 'pays' | 'proves-identity' }
  | { readonly what: 'form-trouble'; readonly refuses: boolean }
  | {
      readonly what: 'signal';
      readonly kind: 'accepted' | 'refused' | 'check';
      readonly message: unknown;
    }
  | { readonly what: 'polled' | 'register' | 'remind' | 'extend' | 'cancel' }
  | { readonly what: 'correct-address'; readonly email: string }
  | { readonly what: 'override'; readonly requirement: Overridable };

/** What the workflow hears of at once. */
export type Heard = Extract<
  Happening,
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

/** Things that come in the middle of the next call. */
export interface InCall {
  readonly what: 'in-call';
  readonly brings: readonly Happening[];
  /** Whether AR24 does what it is called for before they come, or after it. */
  readonly ar24: 'early' | 'late';
  /** The workflow breaks a call off if they make it void; it may have been too late for that. */
  readonly isCutOff: boolean;
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

const constant = (...whats: Happening['what'][]) =>
  fc.constantFrom(...whats.map((what) => ({ what }) as unknown as Happening));

const junk = fc.constantFrom<unknown>(null, undefined, 'terms', {}, { what: 'everything' }, [1]);
const claim = fc.constantFrom('attachment', 'email', 'terms').map((what) => ({ what, by: 'them' }));

/** Anything that may happen, the common more often than the rare. */
const happening: fc.Arbitrary<Happening> = fc.oneof(
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
      { weight: 4, arbitrary: happening.filter(({ what }) => what !== 'time') },
      { weight: 1, arbitrary: fc.record({ what: fc.constant('time' as const), minutes }) },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  ar24: fc.constantFrom('early', 'late'),
  isCutOff: fc.boolean(),
});

/** What makes an account seem another one, in the middle of a call. */
export const confusion: fc.Arbitrary<InCall> = fc.record({
  what: fc.constant('in-call' as const),
  brings: fc.array(
    fc.constantFrom<Happening>(
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
});

/** The same, also in the middle of calls. */
export const anyHappening: fc.Arbitrary<Happening | InCall> = fc.oneof(
  { weight: 5, arbitrary: happening },
  { weight: 1, arbitrary: inCall },
);
