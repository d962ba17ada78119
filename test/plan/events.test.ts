/** What single events change: those whose order random lives seldom meet. */
import { expect, test } from '@jest/globals';
import {
  DEFAULT_POLICY,
  type Account,
  type OnboardingRequest,
  type Policy,
  type Sighting,
} from '../../workflows/contract/index.ts';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { newSender, type Sender } from '../../workflows/state/sender.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';

const START = Date.UTC(2026, 2, 2, 8);
const { email } = onboardingRequest();

const account: Account = {
  id: '1001',
  email: 'no',
  terms: 'no',
  profile: 'yes',
  payment: 'no',
  identity: 'no',
  termsByClaim: false,
};

function lived(
  events: readonly Event[],
  request: Partial<OnboardingRequest> = {},
  policy: Partial<Policy> = {},
): Sender {
  const before = { askedBefore: false, identityOrderedBefore: false };
  const start = {
    request: onboardingRequest(request),
    ...before,
    policy: { ...DEFAULT_POLICY, ...policy },
  };
  return events.reduce(reduce, newSender(start, START));
}

const call = (startedAt: number, at: number) => ({ startedAt, at, email });

function asked(at: number): Event {
  const sighting = { kind: 'unavailable' } as const;
  const result = { sighting, asked: { kind: 'taken', answersLost: 0 } } as const;
  return { kind: 'access-requested', result, ...call(at, at) };
}

function looked(sighting: Sighting, startedAt: number, at: number): Event {
  return { kind: 'looked', sighting, ...call(startedAt, at) };
}

test('a hint that comes while a look is under way is followed by another look', () => {
  const sender = lived([
    asked(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'check', at: START + 12_000 },
    looked({ kind: 'unavailable' }, START + 10_000, START + 15_000),
  ]);
  expect(wakeAt(sender, START + 15_000).soon).toBe(START + 25_000);
  expect(plan(sender, START + 25_000)).toMatchObject({ do: 'look' });
});

test('one who accepts while he is still being asked is looked at at once', () => {
  const accepted: Event = { kind: 'accepted', message: { what: 'attachment' }, at: START + 500 };
  const { result } = asked(START) as Extract<Event, { kind: 'access-requested' }>;
  const sender = lived([
    accepted,
    { kind: 'access-requested', result, ...call(START, START + 1_000) },
  ]);
  expect(plan(sender, START + 1_000)).toMatchObject({ do: 'look' });
});

test('a refusal that is claimed while a look is under way does not stand on that look', () => {
  const claimed = lived([
    asked(START),
    { kind: 'check', at: START + 10_000 },
    { kind: 'refused', message: { by: 'them' }, at: START + 12_000 },
    looked({ kind: 'unavailable' }, START + 10_000, START + 15_000),
  ]);
  expect(claimed.access).toBe('asked');
  const read = reduce(claimed, looked({ kind: 'unavailable' }, START + 25_000, START + 26_000));
  expect(plan(read, START + 26_000)).toMatchObject({
    do: 'finish',
    outcome: { kind: 'refused', by: 'them' },
  });
});

test('a hint that is held back at the deadline is followed before anything is given up', () => {
  const sender = lived([asked(START)], {}, { reminderDays: [] });
  const { deadlineAt } = sender;
  const hinted = [
    { kind: 'check', at: deadlineAt - 5_000 } as const,
    looked({ kind: 'unavailable' }, deadlineAt - 5_000, deadlineAt - 4_000),
    { kind: 'check', at: deadlineAt - 1_000 } as const,
    looked({ kind: 'unavailable' }, deadlineAt - 2_000, deadlineAt + 1_000),
  ].reduce<Sender>(reduce, sender);
  expect(plan(hinted, deadlineAt + 1_000)).toEqual({ do: 'wait' });
  expect(wakeAt(hinted, deadlineAt + 1_000)).toEqual({ soon: deadlineAt + 11_000, later: null });
});

test('what was said of an account that is gone proves nothing of the next', () => {
  const sender = lived(
    [
      looked({ kind: 'attached', account }, START, START),
      { kind: 'overridden', requirement: 'email', by: 'ops', reason: 'seen', at: START + 1 },
      { kind: 'accepted', message: { what: 'terms' }, at: START + 2 },
      looked({ kind: 'absent' }, START + 3, START + 3),
      { kind: 'overridden', requirement: 'operator', by: 'ops', reason: 'anew', at: START + 4 },
    ],
    { emailVerified: true },
  );
  expect(sender).toMatchObject({ access: 'unknown', account: null, claims: {}, asked: {} });
  expect(sender.overrides.map(({ question }) => question)).toEqual(['account-gone']);
});

test('a corrected address is tried at once, whatever trouble the old one met', () => {
  const failure = { problem: 'unknown-slug', slug: 'surprise' } as const;
  const corrected = { email: 'new@example.org', emailHash: '1.abc', emailVerified: false };
  const sender = lived([
    { kind: 'call-failed', call: 'request-access', failure, ...call(START, START) },
    { kind: 'address-corrected', address: corrected, at: START + 60_000 },
  ]);
  expect(sender).toMatchObject({ problem: null, lastLook: null });
  expect(plan(sender, START + 60_000)).toMatchObject({ do: 'request-access' });
});

test.each([
  ['that never reached AR24 leaves nothing to read back', 'no', false],
  ['that may have reached AR24 is read back', undefined, true],
] as const)('a creation %s', (_name, delivered, readBack) => {
  const none = { kind: 'absent' } as const;
  const refused = { kind: 'refused', slug: 'user_not_exist' } as const;
  const at = START + 3_600_000;
  const sender = lived(
    [
      {
        kind: 'access-requested',
        result: { sighting: none, asked: refused },
        ...call(START, START),
      },
      { kind: 'acting', call: 'create-account', at: START },
      {
        kind: 'call-failed',
        call: 'create-account',
        failure: { problem: 'credentials', delivered },
        ...call(START, START),
      },
    ],
    { registration: registrationForm() },
  );
  expect(plan(sender, at)).toMatchObject({ do: 'create-account', readBack });
});
