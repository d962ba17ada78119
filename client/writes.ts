/**
 * The pause of all writes to AR24. It is in force while a workflow with an id of its own is open. That workflow never
 * runs: it holds only who paused the writes, and why. So the pause survives every restart, and needs no worker.
 */
import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type ConnectionLike,
} from '@temporalio/client';
import { z } from 'zod';
import { endOpen, neverRunning, openSince } from './never-running.ts';
import { pause as pauseSchema } from './schemas/messages.ts';
import { parse } from './schemas/parse.ts';
import { callTemporal } from './temporal-call.ts';

const WORKFLOW_ID = 'sender-onboarding-ar24-writes-paused';
const WORKFLOW_TYPE = 'ar24WritesPaused';

export interface Pause {
  readonly since: Date;
  /** Undefined if this process lacks the key that they were encrypted with. */
  readonly by: string | undefined;
  readonly reason: string | undefined;
}

const memoSchema = z.object({ by: z.string(), reason: z.string() });

/** Every method throws TemporalUnavailableError. */
export class Writes {
  readonly #temporal: Client;
  readonly #actor: string;

  constructor(temporal: Client, actor: string) {
    this.#temporal = temporal;
    this.#actor = actor;
  }

  /**
   * Stops all writes to AR24: no account is created and no mail requested until `resume`. Reads go on. A call that a
   * worker is making at this moment is completed.
   *
   * @returns `already` if they were paused before: that pause is kept
   * @throws InvalidRequestError
   */
  async pause(request: {
    readonly reason: string;
    readonly by?: string | undefined;
  }): Promise<'paused' | 'already'> {
    const { reason, by } = parse(pauseSchema, { ...request, by: request.by ?? this.#actor });
    try {
      await callTemporal(this.#temporal, () =>
        this.#temporal.workflow.start(WORKFLOW_TYPE, {
          ...neverRunning(WORKFLOW_ID),
          workflowIdConflictPolicy: 'FAIL',
          memo: { by, reason },
        }),
      );
      return 'paused';
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return 'already';
      throw error;
    }
  }

  /** Undefined if writes are not paused. */
  async paused(): Promise<Pause | undefined> {
    const { connection, options } = this.#temporal;
    const since = await callTemporal(this.#temporal, () =>
      openSince(connection, options.namespace, WORKFLOW_ID),
    );
    if (since === undefined) return undefined;
    const memo = await this.#memo();
    return { since, by: memo?.by, reason: memo?.reason };
  }

  /** @returns false if they were not paused */
  resume(): Promise<boolean> {
    return endOpen(this.#temporal, WORKFLOW_ID, 'resumed');
  }

  async #memo(): Promise<z.output<typeof memoSchema> | undefined> {
    try {
      const handle = this.#temporal.workflow.getHandle(WORKFLOW_ID);
      const { memo } = await callTemporal(this.#temporal, () => handle.describe());
      return memoSchema.safeParse(memo).data;
    } catch {
      return undefined;
    }
  }
}

/** For a worker, before each write. @throws gRPC's error */
export async function areWritesPaused(
  connection: ConnectionLike,
  namespace: string,
): Promise<boolean> {
  return (await openSince(connection, namespace, WORKFLOW_ID)) !== undefined;
}
