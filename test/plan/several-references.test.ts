/**
 * Simulations of several references that share addresses: who owns an account never depends on
 * chance.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_POLICY, type Outcome } from '../../workflows/contract/index.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { draws } from '../support/draws.ts';
import { onboardingRequest } from '../support/people.ts';
import { Ar24Model } from './ar24-model.ts';
import type { LifeEvent } from './life-event.ts';
import { Simulation } from './simulation.ts';

const REFERENCES = ['attacker', 'victim', 'third'] as const;
type Reference = (typeof REFERENCES)[number];
const ADDRESSES = ['shared@example.org', 'other@example.org'] as const;
type Address = (typeof ADDRESSES)[number];

type Move =
  | { readonly do: 'start'; readonly reference: Reference; readonly email: Address }
  | {
      readonly do: 'vouch' | 'override' | 'cancel' | 'poll' | 'register';
      readonly reference: Reference;
    }
  | { readonly do: 'correct'; readonly reference: Reference; readonly email: Address }
  | {
      readonly do: 'open' | 'accept' | 'withdraw' | 'confirm';
      readonly email: Address;
      /** Whether all onboardings read AR24 at once, as after a webhook. */
      readonly isObserved: boolean;
    };

const reference = fc.constantFrom(...REFERENCES);
const email = fc.constantFrom(ADDRESSES[0], ADDRESSES[0], ADDRESSES[0], ADDRESSES[1]);
const isObserved = fc.constantFrom(true, true, false);
const rare = fc.constantFrom('vouch', 'override', 'cancel', 'register', 'poll');
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), reference, email }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('open', 'accept', 'confirm'),
      email,
      isObserved: isObserved,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('withdraw' as const), email, isObserved: isObserved }),
  },
  { weight: 3, arbitrary: fc.record({ do: rare, reference }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), reference, email }) },
);
const moves = fc.array(move, { minLength: 5, maxLength: 30, size: 'max' });

type MessageMove = Exclude<Extract<Move, { reference: Reference }>, { do: 'start' }>;
type Ready = Extract<Outcome, { kind: 'ready' }>;
type AtAr24 = Extract<Move, { isObserved: boolean }>;

/** What really happened, recorded apart from what the onboardings know. */
class Town {
  readonly outcomes: Outcome[] = [];
  /** The references that are ready for a reason that is not true. */
  readonly wrong: Ready[] = [];
  readonly vouchedFor = new Set<Reference>();
  readonly overridden = new Set<Reference>();
  /** Which references had requested access when the holder of an account last accepted. */
  readonly requestersAtAcceptance = new Map<string, ReadonlySet<Reference>>();
  private readonly requestersOf = new Map<Address, Set<Reference>>();
  private readonly heldBy = new Map<string, Set<Reference>>();
  private readonly models = new Map<string, Ar24Model>();
  private readonly open = new Map<Reference, Simulation>();
  private readonly ended = new Map<Reference, Sender>();

  play(move: Move): void {
    if (move.do === 'start') this.start(move.reference, move.email);
    else if ('reference' in move) this.send(move);
    else this.atAr24(move);
    for (const [reference, { sender }] of [...this.open]) this.note(reference, sender);
  }

  creatorOf(accountId: string): string | undefined {
    const accounts = [...this.models.values()].map(({ account }) => account);
    return accounts.find((account) => account?.id === accountId)?.customRef;
  }

  private ar24For(address: string): Ar24Model {
    const model = this.models.get(address) ?? new Ar24Model(`${address}/`);
    this.models.set(address, model);
    return model;
  }

  private start(reference: Reference, address: Address): void {
    if (this.open.has(reference)) return;
    const before = this.ended.get(reference);
    const simulation = new Simulation(
      onboardingRequest({ reference, email: address }),
      DEFAULT_POLICY,
      {
        accessRequestedBefore:
          before?.request.email === address && before.outcome?.accessRequested === true,
        ar24For: (email) => this.ar24For(email),
        hasOtherRequesters: (s, accountId) => this.searchFinds(reference, s, accountId),
      },
    );
    this.open.set(reference, simulation);
  }

  /**
   * As Temporal's search answers: by every address that an onboarding has had, and by its account.
   */
  private searchFinds(reference: Reference, s: Sender, accountId: string): boolean {
    const addresses = ADDRESSES.filter((address) => s.address.hashes.includes(`1.${address}`));
    const found = [
      ...addresses.flatMap((address) => [...(this.requestersOf.get(address) ?? [])]),
      ...(this.heldBy.get(accountId) ?? []),
    ];
    return found.some((other) => other !== reference);
  }

  private send(move: MessageMove): void {
    const simulation = this.open.get(move.reference);
    if (!simulation) return;
    if (move.do === 'override') this.overridden.add(move.reference);
    if (move.do === 'vouch') this.vouchedFor.add(move.reference);
    if (move.do === 'vouch') simulation.vouch();
    else simulation.apply(lifeEventOf(move));
  }

  private atAr24({ do: what, email: address, isObserved }: AtAr24): void {
    const model = this.ar24For(address);
    const { account } = model;
    if (what === 'open') model.openAccount();
    if (what === 'withdraw') account?.attach('not ours');
    if (what === 'confirm') account?.settle('email', 'terms');
    // An acceptance needs a request.
    if (what === 'accept' && account && !account.isAttached && this.requestersOf.has(address)) {
      account.attach('ours');
      this.requestersAtAcceptance.set(account.id, new Set(this.requestersOf.get(address)));
    }
    if (isObserved)
      for (const simulation of this.open.values()) simulation.apply({ what: 'polled' });
  }

  private note(reference: Reference, sender: Sender): void {
    for (const address of ADDRESSES) {
      if (!sender.address.hashes.includes(`1.${address}`)) continue;
      this.requestersOf.set(address, (this.requestersOf.get(address) ?? new Set()).add(reference));
    }
    const id = sender.access.held?.account.id;
    if (id !== undefined) this.heldBy.set(id, (this.heldBy.get(id) ?? new Set()).add(reference));
    if (sender.outcome === null) return;
    this.outcomes.push(sender.outcome);
    const { outcome } = sender;
    if (outcome.kind === 'ready' && !isTrue(this, reference, outcome)) this.wrong.push(outcome);
    this.ended.set(reference, sender);
    this.open.delete(reference);
  }
}

function lifeEventOf(move: MessageMove): Exclude<LifeEvent, { what: 'time' }> {
  if (move.do === 'correct') return { what: 'correct-address', email: move.email };
  if (move.do === 'override') return { what: 'override', requirement: 'operator' };
  return { what: move.do === 'cancel' || move.do === 'register' ? move.do : 'polled' };
}

/** Whether the reason for which a reference owns the account is true. */
function isTrue(town: Town, reference: Reference, outcome: Ready): boolean {
  const { accountId, ownership } = outcome;
  switch (ownership.kind) {
    case 'created':
    case 'custom-ref':
      return town.creatorOf(accountId) === reference;
    case 'vouched':
      return town.vouchedFor.has(reference);
    case 'operator':
      return town.overridden.has(reference);
    case 'only-requester': {
      const requesters = town.requestersAtAcceptance.get(accountId);
      return requesters?.size === 1 && requesters.has(reference);
    }
  }
}

function simulate(moves: readonly Move[]): Town {
  const town = new Town();
  for (const move of moves) town.play(move);
  return town;
}

test('a reference is ready with an account only for a reason that is true', () => {
  const reasons = new Set<string>();
  fc.assert(
    fc.property(moves, (drawn) => {
      const town = simulate(drawn);
      for (const outcome of town.outcomes) {
        if (outcome.kind === 'ready') reasons.add(outcome.ownership.kind);
      }
      expect(town.wrong).toEqual([]);
    }),
    { numRuns: draws(10_000) },
  );
  // Each reason occurred, or the property would prove nothing about it.
  expect([...reasons].sort()).toEqual([
    'created',
    'custom-ref',
    'only-requester',
    'operator',
    'vouched',
  ]);
});

test('the only requester needs no operator', () => {
  const [address] = ADDRESSES;
  const town = simulate([
    { do: 'open', email: address, isObserved: true },
    { do: 'start', reference: 'victim', email: address },
    { do: 'accept', email: address, isObserved: true },
  ]);
  expect(town.outcomes).toMatchObject([{ kind: 'ready', ownership: { kind: 'only-requester' } }]);
});
