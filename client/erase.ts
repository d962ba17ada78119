/** Having a sender forgotten: asked for here, done by a workflow of its own once a worker runs. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ERASED,
  ERASURE_TYPE,
  MOST_ASKERS,
  erasureAskedSignal,
  erasureIdOf,
  notificationsIdOf,
  TASK_QUEUE,
  workflowIdOf,
  type ErasureReceipt,
  type ErasureRequest,
} from '../workflows/contract/index.ts';
import { describeRun, type Run } from './describe-run.ts';
import { keyAttribute } from './encryption.ts';
import { TemporalUnavailableError } from './errors/index.ts';
import { isHeeded, noteHeeded } from './heeded.ts';
import { isOpen } from './onboarding-run.ts';
import { callTemporal, takesNoMoreSignals, unknownKeyIn } from './temporal-call.ts';
import { withdrawSignUp } from './withdraw.ts';

type Asked = Omit<ErasureRequest, 'before'>;

/** How far the newest erasure of a sender is. */
export type Erasure =
  | { readonly kind: 'erased'; readonly receipt: ErasureReceipt }
  /** Durable, and no worker has taken it up yet. */
  | { readonly kind: 'waiting'; readonly since: string }
  | { readonly kind: 'under-way'; readonly since: string }
  /** Somebody ended it in Temporal, or Temporal would not delete: to be asked for again. */
  | { readonly kind: 'stopped'; readonly since: string };

/** The event that asks for it has been heeded before, and says nothing of what has come since. */
export interface HeededBefore {
  readonly kind: 'earlier';
}

/**
 * Ends the onboarding and has it erased. Durable once it resolves, with no worker up too; from then on no
 * sign-up event starts anything for this reference. Repeated, it is left to the one that is under way, or
 * to that which has ended, where nothing has come since; who asks is in its receipt.
 *
 * @throws TemporalUnavailableError; may be repeated then
 */
export async function eraseSender(temporal: Client, asked: Asked): Promise<Erasure> {
  const { reference, by, requestedAt } = asked;
  for (let isTold = false; !isTold;) {
    const last = await ifReadable(() => erasureOf(temporal, reference));
    const before = await stillTrue(temporal, last);
    if (before !== undefined && isAsker(before, by)) return { kind: 'erased', receipt: before };
    await unlessFull(withdrawSignUp(temporal, reference, { by, reason: ERASED }));
    const isUnderWay = last?.kind === 'waiting' || last?.kind === 'under-way';
    // One that has ended meanwhile has a receipt now, which a new one is to begin with.
    isTold = isUnderWay ? await join(temporal, asked) : await begin(temporal, { ...asked, before });
  }
  return (await erasureOf(temporal, reference)) ?? { kind: 'waiting', since: requestedAt };
}

/**
 * The same, once for an event, however often it is delivered.
 *
 * @param eventId the same at each delivery
 * @throws TemporalUnavailableError; may be repeated then
 */
export async function eraseByEvent(
  temporal: Client,
  asked: Asked,
  eventId: string,
): Promise<Erasure | HeededBefore> {
  const event = { reference: asked.reference, deed: 'erasure', id: eventId } as const;
  if (await isHeeded(temporal, event)) return { kind: 'earlier' };
  const erasure = await eraseSender(temporal, asked);
  await noteHeeded(temporal, event);
  return erasure;
}

/** @returns false where it has ended, and hears nobody any more */
async function join(temporal: Client, { reference, by, requestedAt: at }: Asked): Promise<boolean> {
  const handle = temporal.workflow.getHandle(erasureIdOf(reference));
  try {
    await unlessFull(callTemporal(temporal, () => handle.signal(erasureAskedSignal, { by, at })));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Or joins one that somebody else has begun just now. */
async function begin(temporal: Client, request: ErasureRequest): Promise<true> {
  const { reference, by, requestedAt } = request;
  const begun = callTemporal(temporal, () =>
    temporal.workflow.signalWithStart(ERASURE_TYPE, {
      workflowId: erasureIdOf(reference),
      taskQueue: TASK_QUEUE,
      args: [request],
      signal: erasureAskedSignal,
      signalArgs: [{ by, at: requestedAt }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes(keyAttribute(temporal)),
      staticSummary: `erase sender ${reference}, as ${by} asked`,
    }),
  );
  await unlessFull(begun);
  return true;
}

/** The receipt of an erasure that has ended, where all that Temporal has of the sender is what it has left. */
async function stillTrue(
  temporal: Client,
  last: Erasure | undefined,
): Promise<ErasureReceipt | undefined> {
  if (last?.kind !== 'erased') return undefined;
  const { receipt } = last;
  return (await ifReadable(() => isNothingElse(temporal, receipt))) ? receipt : undefined;
}

/** Nobody else is added to a receipt with so many. */
function isAsker({ by, alsoAsked = [] }: ErasureReceipt, who: string): boolean {
  return by === who || alsoAsked.length >= MOST_ASKERS || alsoAsked.some((one) => one.by === who);
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
    describeRun(temporal, workflowIdOf(reference)),
    describeRun(temporal, notificationsIdOf(reference)),
  ]);
  return place?.runId === keptRun && notifications === undefined;
}

/** What takes no more messages is ended by the erasure itself; and one that is erasing goes on. */
async function unlessFull(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!takesNoMoreSignals(error)) throw error;
  }
}

/**
 * @returns undefined where none was asked for, or Temporal has forgotten it by now
 * @throws TemporalUnavailableError
 */
export async function erasureOf(temporal: Client, reference: string): Promise<Erasure | undefined> {
  const run = await describeRun(temporal, erasureIdOf(reference));
  if (run === undefined) return undefined;
  const since = run.startTime.toISOString();
  if (isOpen(run))
    return { kind: (await isUntouched(temporal, run)) ? 'waiting' : 'under-way', since };
  if (run.status.name !== 'COMPLETED') return { kind: 'stopped', since };
  return { kind: 'erased', receipt: await receiptOf(temporal, run) };
}

/** Whether one is under way. @throws TemporalUnavailableError */
export async function isBeingErased(temporal: Client, reference: string): Promise<boolean> {
  const run = await describeRun(temporal, erasureIdOf(reference));
  return run !== undefined && isOpen(run);
}

/** Nobody has worked at it: all that has happened is that somebody asked for it. */
async function isUntouched(temporal: Client, { workflowId, runId }: Run): Promise<boolean> {
  const { workflowService, options } = temporal;
  const { namespace } = options;
  const execution = { workflowId, runId };
  const { history } = await callTemporal(temporal, () =>
    workflowService.getWorkflowExecutionHistory({ namespace, execution }),
  );
  const events = history?.events ?? [];
  return events.every(({ workflowTaskStartedEventAttributes: taken }) => !taken);
}

function receiptOf(temporal: Client, { workflowId, runId }: Run): Promise<ErasureReceipt> {
  const handle = temporal.workflow.getHandle<() => Promise<ErasureReceipt>>(workflowId, runId);
  return callTemporal(temporal, () => handle.result());
}
