/**
 * The record that Temporal's database was restored from a backup. From then on a worker withholds a paid order that Temporal
 * may have forgotten. It is kept in Temporal, as an open workflow that never runs.
 */
import type { Client, ConnectionLike } from '@temporalio/client';
import { endOpen, neverRunning, openSince } from './never-running.ts';
import { callTemporal } from './temporal-call.ts';

const WORKFLOW_ID = 'sender-onboarding-temporal-restored';
const WORKFLOW_TYPE = 'temporalRestored';

/** Every method throws TemporalUnavailableError. */
export class Restores {
  readonly #temporal: Client;

  constructor(temporal: Client) {
    this.#temporal = temporal;
  }

  /**
   * Records that Temporal was restored just now: what it knows may be behind AR24. No worker may run yet. Replaces the record of an
   * earlier restore.
   *
   * @returns the time of the record, by Temporal's clock
   */
  async record(): Promise<Date> {
    await callTemporal(this.#temporal, () =>
      this.#temporal.workflow.start(WORKFLOW_TYPE, {
        ...neverRunning(WORKFLOW_ID),
        workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      }),
    );
    return (await this.last()) ?? new Date();
  }

  /** Undefined if there is no record. */
  async last(): Promise<Date | undefined> {
    const { connection, options } = this.#temporal;
    return callTemporal(this.#temporal, () => lastRestore(connection, options.namespace));
  }

  /** Workers withhold no order any longer. @returns false if there was no record */
  forget(): Promise<boolean> {
    return endOpen(this.#temporal, WORKFLOW_ID, 'over');
  }
}

/** For a worker, before each paid order. @throws gRPC's error */
export function lastRestore(
  connection: ConnectionLike,
  namespace: string,
): Promise<Date | undefined> {
  return openSince(connection, namespace, WORKFLOW_ID);
}
