import { expect, test } from '@jest/globals';
import { judge, mailedTooOften, type Facts } from '../../drill/verdict/judge.ts';
import { customersOf, customersOn, DUE } from '../../drill/people/customers.ts';
import { nextChanges } from '../../drill/harm/summer-time.ts';
import type { LedgerEntry } from '../../simulator/index.ts';

const AT = '2027-03-01T10:00:00.000Z';
const [customer = { reference: '', email: '', path: 'created' as const }] = customersOn(
  'created',
  1,
);
const ACCOUNT = '1001';

function effects(...entries: readonly Omit<LedgerEntry, 'n' | 'at'>[]): readonly LedgerEntry[] {
  return entries.map((entry, index) => ({ n: index + 1, at: AT, ...entry }));
}

const created = { effect: 'account-created', accountId: ACCOUNT } as const;
const mailed = { effect: 'mail-sent', to: customer.email, accountId: ACCOUNT } as const;

function facts(changes: Partial<Facts> = {}): Facts {
  return {
    customers: [customer],
    accepted: new Set([customer.reference]),
    statuses: new Map([[customer.reference, 'ready']]),
    effects: effects(created, mailed, mailed),
    addresses: new Map([[ACCOUNT, customer.email]]),
    unconfirmed: new Map(),
    ...changes,
  };
}

const UNHARMED = { lost: [], doubled: [], stuck: [], overMailed: [] };

test('a sender with the expected status, one account and the needed mails is unharmed', () => {
  expect(judge(facts())).toMatchObject({
    ...UNHARMED,
    mails: { sent: 2, needed: 2, unconfirmed: 0 },
  });
});

test.each(['failed', 'expired', 'cancelled', 'refused'])(
  'a sender that ended as %s is lost',
  (status) => {
    const statuses = new Map([[customer.reference, status]]);
    expect(judge(facts({ statuses }))).toMatchObject({ ...UNHARMED, lost: [customer.reference] });
  },
);

test('a sender whose start was accepted and that Temporal does not know is lost', () => {
  const judged = judge(facts({ statuses: new Map() }));
  expect(judged).toMatchObject({ ...UNHARMED, lost: [customer.reference] });
});

test('a sender whose start was never accepted is stuck', () => {
  const judged = judge(facts({ statuses: new Map(), accepted: new Set() }));
  expect(judged).toMatchObject({ ...UNHARMED, stuck: [customer.reference] });
});

test('a sender that still waits is stuck', () => {
  const statuses = new Map([[customer.reference, 'awaiting-terms']]);
  expect(judge(facts({ statuses }))).toMatchObject({ ...UNHARMED, stuck: [customer.reference] });
});

test('two accounts with one address are found, whatever their ids', () => {
  const another = { effect: 'account-created', accountId: '1002' } as const;
  const judged = judge(
    facts({
      effects: effects(created, another, mailed, mailed),
      addresses: new Map([
        [ACCOUNT, customer.email],
        ['1002', customer.email],
      ]),
    }),
  );
  expect(judged).toMatchObject({ ...UNHARMED, doubled: [customer.reference] });
});

test('one more mail is allowed for each lost answer, and no more', () => {
  const three = effects(created, mailed, mailed, mailed);
  expect(mailedTooOften([customer], three)).toEqual([customer]);
  const lostOne = new Map([[customer.reference, 1]]);
  expect(judge(facts({ effects: three }))).toMatchObject({ overMailed: [customer.reference] });
  expect(judge(facts({ effects: three, unconfirmed: lostOne }))).toMatchObject(UNHARMED);
  const four = effects(created, mailed, mailed, mailed, mailed);
  expect(judge(facts({ effects: four, unconfirmed: lostOne }))).toMatchObject({
    overMailed: [customer.reference],
  });
});

test('the same seed draws the same customers, on every path', () => {
  const drawn = customersOf(100, 7);
  expect(customersOf(100, 7)).toEqual(drawn);
  expect(customersOf(100, 8)).not.toEqual(drawn);
  expect(new Set(drawn.map(({ path }) => path))).toEqual(new Set(Object.keys(DUE)));
});

test.each([
  ['2026-11-26T07:00:00Z', '2027-03-28T01:00:00Z', '2027-10-31T01:00:00Z'],
  ['2027-03-28T00:59:59Z', '2027-03-28T01:00:00Z', '2027-10-31T01:00:00Z'],
  ['2027-06-01T00:00:00Z', '2028-03-26T01:00:00Z', '2028-10-29T01:00:00Z'],
])('after %s the clocks of Paris are changed on %s and %s', (now, spring, autumn) => {
  expect(nextChanges(new Date(now))).toEqual([new Date(spring), new Date(autumn)]);
});

test('a mail of a time that Temporal has forgotten may be sent once more, and no other', () => {
  const thrice = effects(created, mailed, mailed, mailed);
  const time = Date.parse(AT);
  const within = { from: time - 1, to: time + 1 };
  expect(judge(facts({ effects: thrice, forgotten: within }))).toMatchObject(UNHARMED);
  const before = { from: time - 9, to: time - 1 };
  expect(judge(facts({ effects: thrice, forgotten: before }))).toMatchObject({
    overMailed: [customer.reference],
  });
});
