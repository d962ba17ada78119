/** The timeline of an onboarding, from Temporal's history. Needs no worker. */
import type { Client } from '@temporalio/client';
import {
  ATTRIBUTES,
  workflowIdOf,
  type Reference,
  type RunId,
} from '../workflows/contract/index.ts';
import { OnboardingNotFoundError } from './errors.ts';
import { grpcCodeOf } from './grpc.ts';
import { dateOf, fieldReader, fieldsOf, searchAttributeIn, type ReadFields } from './payloads.ts';
import { describe, handleOf } from './run.ts';
import { callTemporal } from './temporal-call.ts';

/** One event of an onboarding, and its time. */
export interface TimelineEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly what: TimelineEvent;
}

export type TimelineEvent =
  | { readonly kind: 'started' }
  /** `waitingFor` as the search attribute holds it. */
  | {
      readonly kind: 'status';
      readonly status: string;
      readonly waitingFor: readonly string[];
    }
  /** Null: AR24 is usable again. */
  | { readonly kind: 'problem'; readonly problem: string | null }
  /** A call that changes something at AR24 ended. */
  | {
      readonly kind: 'call';
      /** The activity's name. */
      readonly call: string;
      /** The activity's result, such as `sent` or `field-refused`. Null if it failed. */
      readonly result: string | null;
    }
  /** Somebody sent a signal or an update. */
  | {
      readonly kind: 'message';
      readonly name: string;
      /** The author, if the message names one. */
      readonly by: string | null;
      /** The subject: the accepted claim, the overridden requirement, or the new deadline. */
      readonly about: string | null;
    }
  /** The run ended without an outcome: a bug, or somebody terminated it. */
  | { readonly kind: 'failed'; readonly how: 'failed' | 'terminated' | 'timed-out' };

/** An onboarding continues as new every few thousand events, so this many runs take years. */
const MOST_RUNS = 20;

/** @throws OnboardingNotFoundError or TemporalUnavailableError */
export async function readTimeline(
  temporal: Client,
  reference: Reference,
): Promise<readonly TimelineEntry[]> {
  const read = fieldReader(temporal, workflowIdOf(reference));
  const entries: TimelineEntry[] = [];
  let { runId }: { readonly runId?: RunId } = await describe(temporal, reference);
  for (let runs = 0; runId && runs < MOST_RUNS; runs++) {
    const events = await eventsOf(temporal, reference, runId);
    if (events === undefined) {
      if (runs === 0) throw new OnboardingNotFoundError(reference);
      // The retention of the earlier runs is over, although the onboarding is still open.
      break;
    }
    const before: string | null | undefined =
      events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    entries.unshift(...(await entriesOf(events, read)));
    runId = before ?? '';
  }
  return withoutRepeats(entries);
}

/** Undefined if Temporal does not have the run, or no longer. */
async function eventsOf(
  temporal: Client,
  reference: Reference,
  runId: RunId,
): Promise<readonly HistoryEvent[] | undefined> {
  const handle = handleOf(temporal, reference, runId);
  try {
    return (await callTemporal(temporal, () => handle.fetchHistory())).events ?? [];
  } catch (error) {
    if (grpcCodeOf(error) === 'NOT_FOUND') return undefined;
    throw error;
  }
}

async function entriesOf(
  events: readonly HistoryEvent[],
  read: ReadFields,
): Promise<readonly TimelineEntry[]> {
  const calls = new Map<string, string>();
  const entries: TimelineEntry[] = [];
  for (const event of events) {
    const call = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (call) calls.set(String(event.eventId), call);
    const at = (dateOf(event.eventTime) ?? new Date(0)).toISOString();
    for (const what of await timelineEvents(event, calls, read)) entries.push({ at, what });
  }
  return entries;
}

/** The workflow writes all attributes together, so most of them repeat their last value. */
function withoutRepeats(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const last = new Map<string, string>([
    ['problem', JSON.stringify({ kind: 'problem', problem: null })],
  ]);
  return entries.filter(({ what }) => {
    if (what.kind !== 'status' && what.kind !== 'problem') return true;
    const now = JSON.stringify(what);
    const repeats = last.get(what.kind) === now;
    last.set(what.kind, now);
    return !repeats;
  });
}

type History = Awaited<ReturnType<ReturnType<typeof handleOf>['fetchHistory']>>;
export type HistoryEvent = NonNullable<History['events']>[number];
type Upsert = NonNullable<HistoryEvent['upsertWorkflowSearchAttributesEventAttributes']>;

/** These activities change nothing at AR24. Their effect shows in the status. */
const QUIET = ['readPolicy', 'readAccount', 'awaitChange', 'findOtherRequesters', 'notifyPartner'];
/** The only fields of messages that a timeline shows: the others hold forms and addresses. */
const ABOUT = ['what', 'requirement', 'until'];

/** @param calls names of activities by the id of the event that scheduled them */
async function timelineEvents(
  event: HistoryEvent,
  calls: ReadonlyMap<string, string>,
  read: ReadFields,
): Promise<readonly TimelineEvent[]> {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return started.continuedExecutionRunId ? [] : [{ kind: 'started' }];
  const upsert = event.upsertWorkflowSearchAttributesEventAttributes;
  if (upsert) return attributesIn(upsert);
  const failed = failureIn(event);
  if (failed) return [failed];
  return (await callIn(event, calls, read)) ?? (await messageIn(event, read)) ?? [];
}

function failureIn(event: HistoryEvent): TimelineEvent | undefined {
  if (event.workflowExecutionFailedEventAttributes) return { kind: 'failed', how: 'failed' };
  if (event.workflowExecutionTimedOutEventAttributes) return { kind: 'failed', how: 'timed-out' };
  const terminated = event.workflowExecutionTerminatedEventAttributes;
  return terminated ? { kind: 'failed', how: 'terminated' } : undefined;
}

async function callIn(
  event: HistoryEvent,
  calls: ReadonlyMap<string, string>,
  read: ReadFields,
): Promise<readonly TimelineEvent[] | undefined> {
  const completed = event.activityTaskCompletedEventAttributes;
  const ended =
    completed ??
    event.activityTaskFailedEventAttributes ??
    event.activityTaskTimedOutEventAttributes;
  const call = ended ? calls.get(String(ended.scheduledEventId)) : undefined;
  if (call === undefined) return undefined;
  if (QUIET.includes(call)) return [];
  const fields = completed ? await read(completed.result?.payloads) : {};
  const { kind } = fieldsOf(fields['answer'] ?? fields);
  return [{ kind: 'call', call, result: textOf(kind) }];
}

async function messageIn(
  event: HistoryEvent,
  read: ReadFields,
): Promise<readonly TimelineEvent[] | undefined> {
  const signal = event.workflowExecutionSignaledEventAttributes;
  const update = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
  const name = signal?.signalName ?? update?.name;
  if (!name) return undefined;
  const fields = await read(signal?.input?.payloads ?? update?.args?.payloads);
  const about = ABOUT.map((field) => textOf(fields[field])).find((one) => one !== null) ?? null;
  return [{ kind: 'message', name, by: textOf(fields['by']), about }];
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function attributesIn(upsert: Upsert): readonly TimelineEvent[] {
  const status = attribute(upsert, ATTRIBUTES.status.name);
  const waitingFor = attribute(upsert, ATTRIBUTES.waitingFor.name);
  const problem = attribute(upsert, ATTRIBUTES.problem.name);
  return [
    {
      kind: 'status',
      status: textOf(status) ?? '',
      waitingFor: Array.isArray(waitingFor) ? waitingFor.map(String) : [],
    },
    { kind: 'problem', problem: textOf(problem) },
  ];
}

function attribute({ searchAttributes }: Upsert, name: string): unknown {
  return searchAttributeIn(searchAttributes?.indexedFields?.[name]);
}
