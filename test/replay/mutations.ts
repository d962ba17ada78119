/** Histories as another version of the workflow would have made them. */
import { temporal } from '@temporalio/proto';
import type { History } from '../support/histories.ts';

const { EventType } = temporal.api.enums.v1;

type Event = NonNullable<History['events']>[number];

export interface Mutation {
  readonly what: string;
  /** Null if the history has no such event. */
  readonly of: (history: History) => History | null;
}

/** The last one of its kind, so that a replay has to reach it. */
function changingLast(history: History, change: (event: Event) => Event | null): History | null {
  const events = history.events ?? [];
  const at = events.findLastIndex((event) => change(event) !== null);
  const found = events[at];
  const changed = found && change(found);
  return changed ? { events: events.with(at, changed) } : null;
}

export const MUTATIONS: readonly Mutation[] = [
  {
    what: 'another activity was called',
    of: (history) =>
      changingLast(history, (event) => {
        const scheduled = event.activityTaskScheduledEventAttributes;
        if (!scheduled) return null;
        const activityType = { name: 'somethingElse' };
        return { ...event, activityTaskScheduledEventAttributes: { ...scheduled, activityType } };
      }),
  },
  {
    what: 'attributes were set instead of a timer started',
    of: (history) =>
      changingLast(history, ({ timerStartedEventAttributes: timer, ...event }) => {
        if (!timer) return null;
        const { workflowTaskCompletedEventId = null } = timer;
        return {
          ...event,
          eventType: EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
          upsertWorkflowSearchAttributesEventAttributes: { workflowTaskCompletedEventId },
        };
      }),
  },
  {
    what: 'it ended otherwise',
    of: (history) =>
      changingLast(history, ({ workflowExecutionCompletedEventAttributes: end, ...event }) => {
        if (!end) return null;
        const { workflowTaskCompletedEventId = null } = end;
        return {
          ...event,
          eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
          workflowExecutionFailedEventAttributes: { workflowTaskCompletedEventId },
        };
      }),
  },
];
