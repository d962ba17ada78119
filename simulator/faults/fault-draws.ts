import type { Fault, FaultName, Faults, Route } from '../settings/faults.ts';

/** Decides for each call which faults strike. The same seed and calls give the same faults. */
export class FaultDraws {
  readonly #seed: number;
  #random: Random;
  #faults: Faults = {};

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = seededRandom(seed);
  }

  /** Draws other values that a fault needs, such as a delay. */
  readonly random: Random = () => this.#random();

  /** The faults, with their remaining counts. */
  get current(): Faults {
    return this.#faults;
  }

  /** Replaces the given faults and keeps the others; null ends a fault. */
  set(faults: Faults): void {
    this.#faults = { ...this.#faults, ...faults };
  }

  /** Ends all faults and restarts the random numbers from the seed. */
  clear(): void {
    this.#faults = {};
    this.#random = seededRandom(this.#seed);
  }

  /** The fault, if it strikes this call. Only then does its count decrease. */
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
    // Drawn last, so that calls outside the fault's routes do not change the sequence of numbers.
    return probability === undefined || this.#random() < probability;
  }
}

/** Only maintenance has a beginning and an end. */
function isTime(fault: Fault<FaultName>, now: Date): boolean {
  const { from, until } = { from: undefined, until: undefined, ...fault };
  return (
    (from === undefined || now >= new Date(from)) && (until === undefined || now < new Date(until))
  );
}

/** Returns numbers from 0 up to, not including, 1. */
export type Random = () => number;

/** Mulberry32: the same seed gives the same numbers, on every machine. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
