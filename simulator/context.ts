import type { FaultDraws } from './faults/fault-draws.ts';
import type { Switches } from './settings/switches.ts';
import type { Records } from './state/records.ts';
import type { WebhookOutbox } from './webhooks/outbox.ts';

/** The state and settings that all parts of a running simulator share. */
export interface Context {
  readonly token: string;
  readonly privateKey: string;
  readonly now: () => Date;
  readonly records: Records;
  /** Resolves when all changes so far are stored. No answer is sent before. */
  readonly settled: () => Promise<void>;
  readonly switches: () => Switches;
  readonly faults: FaultDraws;
  readonly outbox: WebhookOutbox;
  /** The base address of links in mails, without a slash at the end. */
  readonly publicUrl: () => string;
  /** Aborted when the simulator stops. */
  readonly stopping: AbortSignal;
}
