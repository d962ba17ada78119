/** The effects that the simulator's ledger shows: tests check effects, not calls. */
import type { Simulator } from '../../simulator/index.ts';

type Effects = ReturnType<Simulator['ledger']>['effects'];
type Kind = NonNullable<Effects[number]['kind']>;

export function accountsCreated(simulator: Simulator): number {
  return simulator.ledger().effects.filter(({ effect }) => effect === 'account-created').length;
}

export function mailsSent(simulator: Simulator, kind?: Kind): number {
  return simulator
    .ledger()
    .effects.filter((e) => e.effect === 'mail-sent' && (kind === undefined || e.kind === kind))
    .length;
}

export function lettersSent(simulator: Simulator): number {
  return simulator.ledger().effects.filter(({ effect }) => effect === 'letter-sent').length;
}

export function callsTo(simulator: Simulator, route: string): number {
  return simulator.ledger().calls[route] ?? 0;
}
