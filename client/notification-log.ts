/**
 * The deliveries of one reference's notifications, from Temporal's histories of the workflow that makes them: nothing is
 * stored elsewhere, and no worker is needed.
 */
import type { Client } from '@temporalio/client';
import {
  NOTIFICATIONS_WORKFLOW_TYPE,
  notificationsIdOf,
  type Notification,
  type NotificationType,
  type Reference,
  type RunId,
  type Status,
} from '../workflows/contract/index.ts';
import { isNotification } from '../workflows/notify/outbox.ts';
import { grpcCodeOf } from './grpc.ts';
import { dateOf, decodePayloads, fieldsOf, messageIn } from './payloads.ts';
import { pendingCalls, type PendingCall } from './pending-call.ts';
import { describe, describeRun, type OnboardingRun } from './run.ts';
import { inGroups, searchOnce } from './search.ts';
import { callTemporal } from './temporal-call.ts';
import type { HistoryEvent } from './timeline.ts';

/** Older ones are neither shown nor delivered again. */
const MOST_DELIVERIES = 50;

/** One delivery. Holds no personal data. Times: ISO 8601 UTC. */
export interface NotificationDelivery {
  readonly type: NotificationType;
  readonly sequence: number;
  /** Time of the change that it reports. */
  readonly timestamp: string;
  /** Status of the onboarding that it reports. */
  readonly status: Status;
  /**
   * `gone`: the receiver answered 410. `given-up`: not accepted within three days. `replaced`: a newer notification took
   * its place, or its delivery began again.
   */
  readonly state: 'delivering' | 'delivered' | 'gone' | 'given-up' | 'replaced';
  /** Begin of the first attempt. */
  readonly beganAt: string;
  /** Null while it is being delivered. */
  readonly endedAt: string | null;
  /** Attempts so far. Null where Temporal did not record them. */
  readonly attempts: number | null;
  /** The receiver's last answer, such as `HTTP 204`, or what failed. Null if there is none. */
  readonly answer: string | null;
  /** Null unless another attempt is due. */
  readonly nextAttempt: string | null;
}

/** With the notification itself, for another delivery. */
export interface LoggedDelivery extends NotificationDelivery {
  readonly notification: Notification;
}

/** Most runs deliver a notification or more. */
const RUNS_AT_A_TIME = 10;

/**
 * The last 50 deliveries, newest first. Temporal keeps them for the retention of its namespace.
 *
 * @throws OnboardingNotFoundError if there is neither a delivery nor an onboarding; TemporalUnavailableError
 */
export async function readDeliveries(
  temporal: Client,
  reference: Reference,
): Promise<readonly LoggedDelivery[]> {
  const workflowId = notificationsIdOf(reference);
  const newest = await describeRun(temporal, workflowId);
  const deliveries: LoggedDelivery[] = [];
  const runs = await runsOf(temporal, workflowId, newest);
  for await (const group of inGroups(runs, RUNS_AT_A_TIME)) {
    const found = await Promise.all(
      group.map((runId) => deliveriesOf(temporal, { workflowId, runId, newest })),
    );
    deliveries.push(...found.flat());
    if (deliveries.length >= MOST_DELIVERIES) break;
  }
  if (deliveries.length === 0) await describe(temporal, reference);
  return deliveries.slice(0, MOST_DELIVERIES);
}

/** The newest delivery of one reference; undefined if there is none. */
export async function readNewestDelivery(
  temporal: Client,
  reference: Reference,
): Promise<LoggedDelivery | undefined> {
  const workflowId = notificationsIdOf(reference);
  const newest = await describeRun(temporal, workflowId);
  if (newest === undefined) return undefined;
  const [delivery] = await deliveriesOf(temporal, { workflowId, runId: newest.runId, newest });
  // A run that continues another one may have nothing left to deliver.
  return delivery ?? (await readDeliveries(temporal, reference))[0];
}

/** Newest first. The search may lag behind, so that the newest run is described besides. */
async function runsOf(
  temporal: Client,
  workflowId: string,
  newest: OnboardingRun | undefined,
): Promise<readonly RunId[]> {
  const query = `WorkflowId = '${workflowId}' AND WorkflowType = '${NOTIFICATIONS_WORKFLOW_TYPE}'`;
  const { runs } = await searchOnce(temporal, query, { pageSize: MOST_DELIVERIES });
  const sorted = runs.toSorted((a, b) => b.startTime.getTime() - a.startTime.getTime());
  const isOurs = newest?.type === NOTIFICATIONS_WORKFLOW_TYPE;
  const all = [...(isOurs ? [newest] : []), ...sorted].map(({ runId }) => runId);
  return [...new Set(all)];
}

interface Run {
  readonly workflowId: string;
  readonly runId: RunId;
  readonly newest: OnboardingRun | undefined;
}

/** Newest first. */
async function deliveriesOf(
  temporal: Client,
  { workflowId, runId, newest }: Run,
): Promise<readonly LoggedDelivery[]> {
  const events = await eventsOf(temporal, workflowId, runId);
  const inFlight = newest?.runId === runId ? await pendingCalls(temporal, newest) : [];
  const ends = new Map<string, HistoryEvent>();
  const starts = new Map<string, HistoryEvent>();
  for (const event of events) {
    const started = event.activityTaskStartedEventAttributes;
    if (started) starts.set(String(started.scheduledEventId), event);
    const end = endIn(event);
    if (end) ends.set(String(end.scheduledEventId), event);
  }
  const deliveries: LoggedDelivery[] = [];
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (!scheduled) continue;
    const [notification] = await callTemporal(temporal, () =>
      decodePayloads(temporal, scheduled.input?.payloads, contextOf(temporal, workflowId)),
    );
    if (!isNotification(notification)) continue;
    const id = String(event.eventId);
    deliveries.unshift({
      notification,
      type: notification.type,
      sequence: notification.sequence,
      timestamp: notification.at,
      status: notification.view.status,
      beganAt: isoOf(event),
      ...(await stateOf(temporal, workflowId, starts.get(id), ends.get(id), inFlight)),
    });
  }
  return deliveries;
}

/** None if Temporal does not have the run any longer. */
async function eventsOf(
  temporal: Client,
  workflowId: string,
  runId: RunId,
): Promise<readonly HistoryEvent[]> {
  const handle = temporal.workflow.getHandle(workflowId, runId);
  try {
    return (await callTemporal(temporal, () => handle.fetchHistory())).events ?? [];
  } catch (error) {
    if (grpcCodeOf(error) === 'NOT_FOUND') return [];
    throw error;
  }
}

type State = Pick<
  NotificationDelivery,
  'state' | 'endedAt' | 'attempts' | 'answer' | 'nextAttempt'
>;

/** @param started written by Temporal when the last attempt has ended */
async function stateOf(
  temporal: Client,
  workflowId: string,
  started: HistoryEvent | undefined,
  ended: HistoryEvent | undefined,
  inFlight: readonly PendingCall[],
): Promise<State> {
  // One run makes one delivery at a time.
  const [call] = inFlight;
  if (!ended) {
    const { attempt = null, lastAnswer: answer = null, nextTry: nextAttempt = null } = call ?? {};
    // A run that somebody terminated has nothing in flight.
    const state = call ? 'delivering' : 'given-up';
    return { state, endedAt: null, attempts: attempt, answer, nextAttempt };
  }
  const { attempt, lastFailure } = started?.activityTaskStartedEventAttributes ?? {};
  const before = { endedAt: isoOf(ended), attempts: attempt ?? null, nextAttempt: null };
  const completed = ended.activityTaskCompletedEventAttributes;
  if (completed) {
    const context = contextOf(temporal, workflowId);
    const [result] = await callTemporal(temporal, () =>
      decodePayloads(temporal, completed.result?.payloads, context),
    );
    const { kind, status } = fieldsOf(result);
    const answer = typeof status === 'number' ? `HTTP ${status}` : null;
    return { ...before, state: kind === 'gone' ? 'gone' : 'delivered', answer };
  }
  const failure =
    ended.activityTaskFailedEventAttributes?.failure ??
    ended.activityTaskTimedOutEventAttributes?.failure?.cause ??
    lastFailure;
  const state = ended.activityTaskCanceledEventAttributes ? 'replaced' : 'given-up';
  const activity = {
    ...contextOf(temporal, workflowId),
    type: 'activity',
    isLocal: false,
  } as const;
  const answer = failure ? await messageIn(temporal, failure, activity) : null;
  return { ...before, state, answer };
}

function endIn(event: HistoryEvent) {
  return (
    event.activityTaskCompletedEventAttributes ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes ??
    event.activityTaskCanceledEventAttributes
  );
}

function contextOf(temporal: Client, workflowId: string) {
  return { type: 'workflow', namespace: temporal.options.namespace, workflowId } as const;
}

function isoOf({ eventTime }: HistoryEvent): string {
  return (dateOf(eventTime) ?? new Date(0)).toISOString();
}
