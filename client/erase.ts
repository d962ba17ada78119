/** Requests the erasure of a sender. A workflow of its own erases the data once a worker runs. */
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import {
  ERASED,
  ERASURE_TYPE,
  MAX_ERASURE_REQUESTERS,
  erasureRequestedSignal,
  erasureIdOf,
  notificationsIdOf,
  TASK_QUEUE,
  workflowIdOf,
  type ErasureReceipt,
  type ErasureRequest,
  type Reference,
} from '../workflows/contract/index.ts';
import { describeRun, type OnboardingRun, isOpen } from './run.ts';
import { keyAttribute } from './encryption.ts';
import { TemporalUnavailableError } from './errors.ts';
import { isProcessed, markProcessed } from './processed-events.ts';
import { callTemporal, takesNoMoreSignals, unknownKeyIn } from './temporal-call.ts';
import { withdrawSignUp } from './withdraw.ts';

type Requested = Omit<ErasureRequest, 'before'>;

/** How far the newest erasure of a sender is. */
export type Erasure =
  | {
      readonly kind: 'erased';
      readonly receipt: ErasureReceipt;
      /** False if there was nothing to delete: the reference may be wrong. */
      readonly found: boolean;
    }
  /** The request is durable, but no worker has begun yet. */
  | { readonly kind: 'waiting'; readonly since: string }
  | { readonly kind: 'under-way'; readonly since: string }
  /** Somebody terminated it in Temporal, or Temporal refused to delete. Request it again. */
  | { readonly kind: 'stopped'; readonly since: string };

/** The event was processed before. It must not erase later onboardings. */
export interface ProcessedBefore {
  readonly kind: 'earlier';
}

/**
 * Ends the onboarding and requests its erasure. Durable once it resolves, even if no worker runs. From then on no
 * sign-up event starts an onboarding of this reference. A repeated request joins an erasure in progress, or
 * returns the receipt of an ended one if nothing was started since. The receipt names every requester.
 *
 * @throws TemporalUnavailableError; may be repeated then
 */
export async function eraseSender(temporal: Client, request: Requested): Promise<Erasure> {
  const { reference, by, requestedAt } = request;
  for (let isDelivered = false; !isDelivered;) {
    const last = await ifReadable(() => erasureOf(temporal, reference));
    const before = await stillTrue(temporal, last);
    if (before !== undefined && namesRequester(before, by)) return erasedWith(before);
    await unlessFull(withdrawSignUp(temporal, reference, { by, reason: ERASED }));
    const isUnderWay = last?.kind === 'waiting' || last?.kind === 'under-way';
    // If it has ended meanwhile, the next round starts a new one with its receipt.
    isDelivered = isUnderWay
      ? await join(temporal, request)
      : await begin(temporal, { ...request, before });
  }
  return (await erasureOf(temporal, reference)) ?? { kind: 'waiting', since: requestedAt };
}

/**
 * The same for an event, only once for all its deliveries.
 *
 * @param eventId the same at each delivery
 * @throws TemporalUnavailableError; may be repeated then
 */
export async function eraseByEvent(
  temporal: Client,
  request: Requested,
  eventId: string,
): Promise<Erasure | ProcessedBefore> {
  const event = { reference: request.reference, action: 'erasure', id: eventId } as const;
  if (await isProcessed(temporal, event)) return { kind: 'earlier' };
  const erasure = await eraseSender(temporal, request);
  await markProcessed(temporal, event);
  return erasure;
}

/** @returns false if the erasure has ended, and so receives no signals */
async function join(
  temporal: Client,
  { reference, by, requestedAt: at }: Requested,
): Promise<boolean> {
  const handle = temporal.workflow.getHandle(erasureIdOf(reference));
  try {
    await unlessFull(
      callTemporal(temporal, () => handle.signal(erasureRequestedSignal, { by, at })),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Starts an erasure, or joins one that another request has just started. */
async function begin(temporal: Client, request: ErasureRequest): Promise<true> {
  const { reference, by, requestedAt } = request;
  await terminateOtherWorkflow(temporal, reference);
  const begun = callTemporal(temporal, () =>
    temporal.workflow.signalWithStart(ERASURE_TYPE, {
      workflowId: erasureIdOf(reference),
      taskQueue: TASK_QUEUE,
      args: [request],
      signal: erasureRequestedSignal,
      signalArgs: [{ by, at: requestedAt }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      typedSearchAttributes: new TypedSearchAttributes(keyAttribute(temporal)),
      staticSummary: `erase sender ${reference}, requested by ${by}`,
    }),
  );
  await unlessFull(begun);
  return true;
}

/** The receipt of an ended erasure, if nothing about the sender was started since. */
async function stillTrue(
  temporal: Client,
  last: Erasure | undefined,
): Promise<ErasureReceipt | undefined> {
  if (last?.kind !== 'erased') return undefined;
  const { receipt } = last;
  return (await ifReadable(() => isNothingElse(temporal, receipt))) ? receipt : undefined;
}

/** Also true for a receipt with the maximal number of requesters: it takes no more. */
function namesRequester(
  { by, alsoRequestedBy: alsoRequestedBy = [] }: ErasureReceipt,
  requester: string,
): boolean {
  return (
    by === requester ||
    alsoRequestedBy.length >= MAX_ERASURE_REQUESTERS ||
    alsoRequestedBy.some((one) => one.by === requester)
  );
}

/** Undefined if a key is missing: a lost key must not prevent an erasure. @throws TemporalUnavailableError */
async function ifReadable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TemporalUnavailableError && !unknownKeyIn(error)) throw error;
    return undefined;
  }
}

/** Whether Temporal has nothing of the sender but the run that the erasure left. */
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

/** Ignores a full signal queue: the erasure terminates the onboarding anyway, and a running erasure goes on. */
async function unlessFull(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (!takesNoMoreSignals(error)) throw error;
  }
}

/**
 * @returns undefined if no erasure was requested, or its retention is over
 * @throws TemporalUnavailableError
 */
export async function erasureOf(
  temporal: Client,
  reference: Reference,
): Promise<Erasure | undefined> {
  const run = await describeErasure(temporal, reference);
  if (run === undefined) return undefined;
  const since = run.startTime.toISOString();
  if (isOpen(run))
    return { kind: (await isUntouched(temporal, run)) ? 'waiting' : 'under-way', since };
  if (run.status.name !== 'COMPLETED') return { kind: 'stopped', since };
  return erasedWith(await receiptOf(temporal, run));
}

/** Whether an erasure is in progress. @throws TemporalUnavailableError */
export async function isBeingErased(temporal: Client, reference: Reference): Promise<boolean> {
  const run = await describeErasure(temporal, reference);
  return run !== undefined && isOpen(run);
}

/** Ignores another workflow that somebody started by hand under the same id. */
async function describeErasure(
  temporal: Client,
  reference: Reference,
): Promise<OnboardingRun | undefined> {
  const run = await describeRun(temporal, erasureIdOf(reference));
  return run?.type === ERASURE_TYPE ? run : undefined;
}

/** Another workflow under the same id would receive the signals instead of the erasure. */
async function terminateOtherWorkflow(temporal: Client, reference: Reference): Promise<void> {
  const run = await describeRun(temporal, erasureIdOf(reference));
  if (run === undefined || run.type === ERASURE_TYPE || !isOpen(run)) return;
  const handle = temporal.workflow.getHandle(run.workflowId, run.runId);
  await callTemporal(temporal, () => handle.terminate('it has the workflow id of an erasure'));
}

/** No worker has begun: the history holds nothing but requests. */
async function isUntouched(
  temporal: Client,
  { workflowId, runId }: OnboardingRun,
): Promise<boolean> {
  const { workflowService, options } = temporal;
  const { namespace } = options;
  const execution = { workflowId, runId };
  const { history } = await callTemporal(temporal, () =>
    workflowService.getWorkflowExecutionHistory({ namespace, execution }),
  );
  const events = history?.events ?? [];
  return events.every(({ workflowTaskStartedEventAttributes: taken }) => !taken);
}

function erasedWith(receipt: ErasureReceipt): Erasure {
  return {
    kind: 'erased',
    receipt,
    found: receipt.onboardingRuns + receipt.notificationRuns > 0,
  };
}

function receiptOf(
  temporal: Client,
  { workflowId, runId }: OnboardingRun,
): Promise<ErasureReceipt> {
  const handle = temporal.workflow.getHandle<() => Promise<ErasureReceipt>>(workflowId, runId);
  return callTemporal(temporal, () => handle.result());
}
