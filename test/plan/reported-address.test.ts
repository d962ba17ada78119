/** Reports of the sign-up's address: late, repeated and in any order. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { detailsOf } from '../../workflows/show/details.ts';
import { viewOf } from '../../workflows/show/view.ts';
import type { Event } from '../../workflows/state/events.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { DEFAULT_POLICY, type CreateAccountResult } from '../../workflows/contract/index.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import {
  ABSENT,
  acting,
  answer,
  attached,
  DAY,
  failed,
  HOUR,
  senderAfter,
  accountRead,
  START,
  then,
} from './events.ts';

const { email } = onboardingRequest();
const NEW = 'jeanne.new@example.org';

function reported(address: string, asOf: number, more: object = {}): Event {
  return {
    kind: 'address-reported',
    at: START + HOUR,
    address: {
      email: address,
      emailHashes: [`1.${address}`],
      emailVerified: false,
      by: 'event:clerk',
      asOf,
      ...more,
    },
  };
}

test('reports in any order keep the newest address, and its hash comes first', () => {
  const addresses = fc.uniqueArray(fc.nat(1_000), { minLength: 1, maxLength: 5 });
  const order = addresses.chain((times) =>
    fc.tuple(
      fc.constant(Math.max(...times)),
      fc.shuffledSubarray([...times, ...times], {
        minLength: times.length * 2,
      }),
    ),
  );
  fc.assert(
    fc.property(order, ([newest, times]) => {
      const s = then(
        senderAfter([]),
        ...times.map((asOf) => reported(`a${asOf}@example.org`, asOf)),
      );
      expect(s.request.email).toBe(`a${newest}@example.org`);
      expect(s.address.hashes[0]).toBe(`1.a${newest}@example.org`);
      expect(s.address.other).toBeNull();
    }),
  );
});

test('a report from before the sign-up, or from before a decision about the address, changes nothing', () => {
  const start = {
    request: onboardingRequest(),
    emailHashes: ['1.own'],
    accessRequestedBefore: false,
    identityOrderedBefore: false,
    policy: DEFAULT_POLICY,
    addressAsOf: START,
  };
  const started = newSender(start, START);
  expect(then(started, reported(NEW, START - 1))).toBe(started);
  expect(then(started, reported(NEW, START)).request.email).toBe(NEW);
  const decided = then(started, {
    kind: 'address-corrected',
    at: START + DAY,
    address: { email: 'ops@example.org', emailHashes: ['1.ops'], emailVerified: false, by: 'ops' },
  });
  expect(then(decided, reported(NEW, START + DAY - 1))).toBe(decided);
});

test('an address that was verified since is vouched for by its source, and stays so', () => {
  const proven = then(senderAfter([]), reported(email, 1, { emailVerified: true }));
  expect(proven).toMatchObject({
    address: { vouchedBy: 'event:clerk' },
    request: { emailVerified: true },
  });
  expect(then(proven, reported(email, 2)).address.vouchedBy).toBe('event:clerk');
  // That does not verify another address.
  expect(then(proven, reported(NEW, 3)).address.vouchedBy).toBeNull();
});

test('a report that repeats the address from before a correction does not undo it; another one counts', () => {
  const corrected = then(senderAfter([]), {
    kind: 'address-corrected',
    address: { email: NEW, emailHashes: ['1.new'], emailVerified: false, by: 'sender' },
    at: START + 1,
  });
  const repeated = then(corrected, reported(email, START + 2, { emailVerified: true }));
  expect(repeated).toMatchObject({
    request: { email: NEW, emailVerified: false },
    address: { other: null, asOf: START + 2 },
    linksRevokedAt: START + 1,
  });
  const third = 'jeanne.third@example.org';
  const another = then(repeated, reported(third, START + 3));
  expect(another.request.email).toBe(third);
  expect(then(another, reported(email, START + 4)).request.email).toBe(email);
});

test('a report during a creation does not undo a later decision for the present address', () => {
  const vouched = senderAfter([
    acting('create-account', START),
    reported(NEW, START + 1),
    {
      kind: 'address-corrected',
      address: { email, emailHashes: [], emailVerified: true, by: 'ops' },
      at: START + 2,
    },
    failed('create-account', { problem: 'throttled', delivered: 'no' }, START + 3, START),
  ]);
  expect(vouched).toMatchObject({
    request: { email, emailVerified: true },
    address: { other: null },
  });
});

test('a repeated report during a creation is kept until the creation has ended', () => {
  const creating = senderAfter([acting('create-account', START), reported(NEW, START + 1)]);
  const twice = then(creating, reported(NEW, START + 2));
  expect(twice.address.other).toMatchObject({ report: { email: NEW } });
});

test('a report during a creation counts once AR24 has refused the form, and not if the account exists', () => {
  const at = START + HOUR;
  const creating = senderAfter(
    [
      answer('access-requested', { kind: 'refused', slug: 'no_user' }, ABSENT, START),
      acting('create-account', at - 1),
      reported(NEW, at),
    ],
    { registration: registrationForm() },
  );
  expect(creating.request.email).toBe(email);
  const created = (result: CreateAccountResult): Event => ({
    kind: 'account-created',
    result,
    startedAt: at - 1,
    at: at + 1,
    email,
  });
  const errors = [{ field: 'zipcode', slug: 'invalid_zipcode' }] as const;
  const refused = then(creating, created({ kind: 'field-refused', errors }));
  expect(refused).toMatchObject({ request: { email: NEW }, address: { other: null } });
  const { account } = attached();
  const there = then(creating, created({ kind: 'created', account, termsMailed: true }));
  expect(there).toMatchObject({
    request: { email },
    address: { other: { report: { email: NEW } } },
  });
});

test('once there is an account, operators see another address, masked, until it is the same again', () => {
  const created = then(senderAfter([]), accountRead(attached(), START));
  const s = then(created, reported(NEW, 5));
  expect(s.request.email).toBe(email);
  const view = viewOf(s, START + HOUR);
  expect(view.otherAddress).toEqual({
    maskedEmail: 'j…@example.org',
    by: 'event:clerk',
    at: new Date(START + HOUR).toISOString(),
  });
  expect(detailsOf(view)).toContain('the sign-up has another address, says event:clerk');
  expect(JSON.stringify(view)).not.toContain(NEW);
  expect(then(s, reported(email, 4)).address.other).not.toBeNull();
  expect(then(s, reported(email, 6)).address.other).toBeNull();
});

test.each([
  // AR24 may refuse the address without naming a field; a field of the form would be refused again.
  [['email', 'zipcode'], ['zipcode']],
  [['form'], []],
] as const)('of the refused fields %j another address leaves %j', (refused, left) => {
  const errors = refused.map((field) => ({ field, slug: 'refused' }));
  const result = { kind: 'field-refused', errors } as const;
  const at = { startedAt: START, at: START };
  const s = senderAfter([
    answer('access-requested', { kind: 'refused', slug: 'no_user' }, ABSENT, START),
    { kind: 'account-created', result, email, ...at },
  ]);
  expect(s.fieldErrors).toEqual(errors);
  const address = { email: NEW, emailHashes: ['1.new'], emailVerified: false, by: 'ops' };
  const corrected: Event = { kind: 'address-corrected', at: START + HOUR, address };
  for (const event of [reported(NEW, 1), corrected]) {
    expect(then(s, event).fieldErrors.map(({ field }) => field)).toEqual(left);
  }
});

test("corrections are refused before Temporal's limit, since every hash stays in the search attribute", () => {
  const hashOf = (n: number, version: string) => `${version}.${String(n).padStart(32, '0')}`;
  const end = Array.from({ length: 200 }).reduce<Sender>((s, _, n) => {
    const emailHashes = ['newest-of-16-char', 'k1'].map((version) => hashOf(n, version));
    return then(s, reported(`a${n}@example.org`, n, { emailHashes }));
  }, senderAfter([]));
  const { length } = JSON.stringify(end.address.hashes);
  expect(length).toBeGreaterThan(1_500);
  expect(length).toBeLessThan(2_048);
  expect(end.address.other).not.toBeNull();
});
