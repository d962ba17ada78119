/** Having a sender forgotten: asked for here, done by a workflow of its own once a worker runs. */
import {
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ERASED,
  ERASURE_TYPE,
  erasureIdOf,
  notificationsIdOf,
  TASK_QUEUE,
  workflowIdOf,
  type ErasureReceipt,
  type ErasureRequest,
} from '../workflows/contract/index.ts';
import { keyAttribute } from './encryption.ts';
import { TemporalUnavailableError } from './errors/index.ts';
import { isOpen } from './onboarding-run.ts';
import { callTemporal, GRPC, grpcCodeOf, unknownKeyIn } from './temporal-call.ts';
import { withdrawSignUp } from './withdraw.ts';

type Asked = Omit<ErasureRequest, 'events'> & {
  /** Of the event that asks for it, if one does: the same however often it is delivered. */
  readonly eventId?: string | undefined;
};

/** How far the newest erasure of a sender is. */
export type Erasure =
  | { readonly kind: 'erased'; readonly receipt: ErasureReceipt }
  /** Durable, and no worker has taken it up yet. */
  | { readonly kind: 'waiting'; readonly since: string }
  | { readonly kind: 'under-way'; readonly since: string }
  /** Somebody ended it in Temporal, or Temporal would not delete: to be asked for again. */
  | { readonly kind: 'stopped'; readonly since: string };

/** Of events remembered: a provider repeats one for days, and few ask for the same. */
const MOST_EVENTS = 10;
/** Events of a run that nobody has worked at: its start, and the task that waits. */
const UNTOUCHED = 2;

/**
 * Ends the onboarding and has it erased. Durable once it resolves, with no worker up too; from then on no
 * sign-up event starts anything for this reference. Repeated, it is left to the one that is under way, or
 * to that which has ended, where nothing has come since, or the same event asked for it.
 *
 * @throws TemporalUnavailableError; may be repeated then
 */
export async function eraseSender(temporal: Client, asked: Asked): Promise<Erasure> {
  const { eventId, ...request } = asked;
  const { reference, by, requestedAt } = request;
  const before = await ifReadable(() => erasureOf(temporal, reference));
  const heeded = before?.kind === 'erased' ? (before.receipt.events ?? []) : [];
  if (before?.kind === 'erased') {
    const { receipt } = before;
    if (eventId !== undefined && heeded.includes(eventId)) return before;
    if (await ifReadable(() => isNothingElse(temporal, receipt))) return before;
  }
  const events = [...heeded, ...(eventId === undefined ? [] : [eventId])].slice(-MOST_EVENTS);
  await withdrawIfItMay(temporal, reference, by);
  await callTemporal(temporal, () =>
    temporal.workflow.start(ERASURE_TYPE, {
      workflowId: erasureIdOf(reference),
      taskQueue: TASK_QUEUE,
      args: [{ ...request, events }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes(keyAttribute(temporal)),
      staticSummary: `erase sender ${reference}, as ${by} asked`,
    }),
  );
  return (await erasureOf(temporal, reference)) ?? { kind: 'waiting', since: requestedAt };
}

/** A key that is lost must not keep anybody from being forgotten. @throws TemporalUnavailableError */
async function ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TemporalUnavailableError && !unknownKeyIn(error)) throw error;
    return undefined;
  }
}

/** Whether all that Temporal has of the sender is what his erasure has left in his place. */
async function isNothingElse(
  temporal: Client,
  { reference, keptRun }: ErasureReceipt,
): Promise<boolean> {
  const [place, notifications] = await Promise.all([
    newestRun(temporal, workflowIdOf(reference)),
    newestRun(temporal, notificationsIdOf(reference)),
  ]);
  return place?.runId === keptRun && notifications === undefined;
}

/** One that takes no more messages is ended by the erasure itself. */
async function withdrawIfItMay(temporal: Client, reference: string, by: string): Promise<void> {
  try {
    await withdrawSignUp(temporal, reference, { by, reason: ERASED });
  } catch (error) {
    const isFull =
      error instanceof TemporalUnavailableError && grpcCodeOf(error) === GRPC.invalidArgument;
    if (!isFull) throw error;
  }
}

/**
 * @returns undefined where none was asked for, or Temporal has forgotten it by now
 * @throws TemporalUnavailableError
 */
export async function erasureOf(temporal: Client, reference: string): Promise<Erasure | undefined> {
  const run = await newestRun(temporal, erasureIdOf(reference));
  if (run === undefined) return undefined;
  const since = run.startTime.toISOString();
  if (isOpen(run)) return { kind: isUntouched(run) ? 'waiting' : 'under-way', since };
  if (run.status.name !== 'COMPLETED') return { kind: 'stopped', since };
  return { kind: 'erased', receipt: await receiptOf(temporal, run) };
}

/** Whether one is under way. @throws TemporalUnavailableError */
export async function isBeingErased(temporal: Client, reference: string): Promise<boolean> {
  const run = await newestRun(temporal, erasureIdOf(reference));
  return run !== undefined && isOpen(run);
}

async function newestRun(
  temporal: Client,
  workflowId: string,
): Promise<WorkflowExecutionDescription | undefined> {
  const handle = temporal.workflow.getHandle(workflowId);
  try {
    return await callTemporal(temporal, () => handle.describe());
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

function isUntouched({ historyLength }: WorkflowExecutionDescription): boolean {
  return historyLength <= UNTOUCHED;
}

function receiptOf(
  temporal: Client,
  { workflowId, runId }: WorkflowExecutionDescription,
): Promise<ErasureReceipt> {
  const handle = temporal.workflow.getHandle<() => Promise<ErasureReceipt>>(workflowId, runId);
  return callTemporal(temporal, () => handle.result());
}
