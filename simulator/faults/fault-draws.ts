import type { Fault, FaultName, Faults } from '../settings/faults.ts';
import type { Route } from '../settings/routes.ts';
import { seededRandom, type Random } from './seeded-random.ts';

/** Decides, call by call, which faults strike. The same seed and calls give the same faults. */
export class FaultDraws {
  readonly #seed: number;
  #random: Random;
  #faults: Faults = {};

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
  }

  /** For what else a fault draws. */
  readonly random: Random = () => this.#random();

  /** What is set, with the counts that are left. */
  get current(): Faults {
    return this.#faults;
  }

  /** Replaces the faults named and keeps the others; null ends one. */
  set(faults: Faults): void {
    this.#faults = { ...this.#faults, ...faults };
  }

  /** No faults, and the numbers drawn for them from the beginning again. */
  clear(): void {
    this.#faults = {};
    this.#random = seededRandom(this.#seed);
  }

  /** The fault, if it strikes this call. Its count is used up then, and only then. */
  draw<N extends FaultName>(name: N, route: Route, now: Date): Fault<N> | undefined {
    const fault: Faults[FaultName] = this.#faults[name];
    if (fault === undefined || fault === null || !this.#strikes(fault, route, now)) {
      return undefined;
    }
    const struck = this.#faults[name] ?? undefined;
    if (fault.count !== undefined) {
      this.#faults = { ...this.#faults, [name]: { ...fault, count: fault.count - 1 } };
    }
    return struck;
  }

  #strikes(fault: Fault<FaultName>, route: Route, now: Date): boolean {
    const { routes, count, probability } = fault;
    if (routes !== undefined && !routes.includes(route)) return false;
    if (count === 0 || !isTime(fault, now)) return false;
    // Drawn last, so that a call that is not meant takes no number from the others.
    return probability === undefined || this.#random() < probability;
  }
}

/** Only maintenance knows from when and until when. */
function isTime(fault: Fault<FaultName>, now: Date): boolean {
  const { from, until } = { from: undefined, until: undefined, ...fault };
  return (
    (from === undefined || now >= new Date(from)) && (until === undefined || now < new Date(until))
  );
}
