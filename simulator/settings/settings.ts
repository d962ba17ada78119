import type { z } from 'zod';
import { FaultDraws } from '../faults/fault-draws.ts';
import { FaultsSchema, type Faults } from './faults.ts';
import { DEFAULT_SWITCHES, SwitchesSchema, type Switches } from './switches.ts';

const SwitchChangesSchema = SwitchesSchema.partial();
export type SwitchChanges = z.infer<typeof SwitchChangesSchema>;

interface Start {
  readonly seed: number;
  readonly switches: SwitchChanges;
  readonly faults: Faults;
}

/** Switches and faults. They can change while the simulator runs, and are not part of the stored state. */
export class SimulatorSettings {
  readonly faults: FaultDraws;
  readonly #start: Start;
  #switches: Switches = DEFAULT_SWITCHES;

  constructor(start: Start) {
    this.#start = start;
    this.faults = new FaultDraws(start.seed);
    this.reset();
  }

  get switches(): Switches {
    return this.#switches;
  }

  /** @throws ZodError that names the wrong value; then nothing changes */
  setSwitches(changes: SwitchChanges): void {
    const given = Object.entries(SwitchChangesSchema.parse(changes));
    const named = given.filter(([, value]) => value !== undefined);
    this.#switches = SwitchesSchema.parse({ ...this.#switches, ...Object.fromEntries(named) });
  }

  /** @throws ZodError that names the wrong value; then nothing changes */
  setFaults(faults: Faults): void {
    this.faults.set(FaultsSchema.parse(faults));
  }

  /** Restores the switches and faults of the start. */
  reset(): void {
    this.#switches = DEFAULT_SWITCHES;
    this.setSwitches(this.#start.switches);
    this.faults.clear();
    this.setFaults(this.#start.faults);
  }
}
