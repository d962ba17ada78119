/** A simulator for each test, with a partner's client and a clock that tests can set. */
import { afterEach, beforeEach } from '@jest/globals';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';
import { IndependentClient } from './independent-client.ts';

/** The least that `POST /user` requires. */
export const NEW_USER = {
  firstname: 'Zoé',
  lastname: 'Lefèvre',
  email: 'zoe@example.org',
  gender: 'F',
  statut: 'particulier',
  address1: '12 rue des Lilas',
  zipcode: '75011',
  city: 'Paris',
  country: 'FR',
} as const;

/** A SIRET with a valid check digit. */
export const SIRET = '73282932000074';

export class Clock {
  #now = new Date('2026-06-15T08:00:00Z');

  readonly read = (): Date => this.#now;

  set(now: Date): void {
    this.#now = now;
  }

  forward(ms: number): void {
    this.#now = new Date(this.#now.getTime() + ms);
  }
}

export interface Stage {
  readonly simulator: Simulator;
  readonly client: IndependentClient;
  readonly clock: Clock;
}

export function useStage(options: SimulatorOptions = {}): Stage {
  const stage: { simulator?: Simulator; client?: IndependentClient; clock?: Clock } = {};
  beforeEach(async () => {
    const clock = new Clock();
    const simulator = await startSimulator({ port: 0, now: clock.read, ...options });
    const { apiUrl, token, privateKey } = simulator;
    stage.clock = clock;
    stage.simulator = simulator;
    stage.client = new IndependentClient({ apiUrl, token, privateKey, now: clock.read });
  });
  afterEach(async () => {
    await stage.simulator?.stop();
  });
  return {
    get simulator() {
      return there(stage.simulator);
    },
    get client() {
      return there(stage.client);
    },
    get clock() {
      return there(stage.clock);
    },
  };
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('only within a test');
  return value;
}

/** The effects and kinds in the ledger, as in `mail-sent terms`. */
export function effects(simulator: Simulator): readonly string[] {
  return simulator.ledger().effects.map(({ effect, kind }) => [effect, kind].join(' ').trim());
}
