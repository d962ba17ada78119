/**
 * Billable actions by Temporal's list (https://docs.temporal.io/cloud/actions): a start, each upsert
 * of search attributes (those of the start are free), each timer, signal, update and query, each attempt of
 * an activity, each heartbeat that reaches the server. Histories do not have the attempts of cancelled
 * activities, nor heartbeats: both come from the worker's counters.
 */
import proto, { type temporal } from '@temporalio/proto';
import type { WorkerCalls } from '../core-metrics.ts';

type History = temporal.api.history.v1.IHistory;
type EventKind = keyof temporal.api.history.v1.IHistoryEvent;

export interface PathCount {
  readonly events: number;
  readonly bytes: number;
  readonly workflowTasks: number;
  readonly activities: number;
  readonly tries: number;
  readonly timers: number;
  readonly signals: number;
  readonly updates: number;
  readonly upserts: number;
  readonly heartbeats: number;
  readonly ar24Calls: number;
  /** All billed actions except heartbeats, which the estimate in Temporal's UI also omits. */
  readonly actions: number;
}

export function countHistory(
  history: History,
  calls: WorkerCalls & { readonly ar24Calls: number },
): PathCount {
  const events = history.events ?? [];
  const of = (kind: EventKind) => events.filter((event) => event[kind] != null).length;
  const timers = of('timerStartedEventAttributes');
  const signals = of('workflowExecutionSignaledEventAttributes');
  const updates = of('workflowExecutionUpdateAcceptedEventAttributes');
  const upserts = of('upsertWorkflowSearchAttributesEventAttributes');
  const starts = of('workflowExecutionStartedEventAttributes');
  const { activityTries: tries, heartbeats, ar24Calls } = calls;
  return {
    events: events.length,
    bytes: proto.temporal.api.history.v1.History.encode(history).finish().length,
    workflowTasks: of('workflowTaskCompletedEventAttributes'),
    activities: of('activityTaskScheduledEventAttributes'),
    tries,
    timers,
    signals,
    updates,
    upserts,
    heartbeats,
    ar24Calls,
    actions: starts + timers + signals + updates + upserts + tries,
  };
}
