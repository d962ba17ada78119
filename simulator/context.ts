import type { FaultDraws } from './faults/fault-draws.ts';
import type { Switches } from './settings/switches.ts';
import type { Records } from './state/records.ts';
import type { Outbox } from './webhooks/outbox.ts';

/** What every part of a running simulator works on. */
export interface Context {
  readonly token: string;
  readonly privateKey: string;
  readonly now: () => Date;
  readonly records: Records;
  /** Resolves when every change made so far is kept; nothing is answered before. */
  readonly settled: () => Promise<void>;
  readonly switches: () => Switches;
  readonly faults: FaultDraws;
  readonly outbox: Outbox;
  /** Where people reach the simulator, without a slash at the end; for links in mails. */
  readonly publicUrl: () => string;
  /** Aborted when the simulator stops. */
  readonly stopping: AbortSignal;
}
