/** What happened to an onboarding, from Temporal's history: known also when no worker runs. */
import type { Client } from '@temporalio/client';
import { requiredTsToDate } from '@temporalio/common/lib/time.js';
import { ATTRIBUTES } from '../workflows/contract/index.ts';
import { describe, handleOf } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';

/** One thing that happened, in the order in which it did. */
export interface TimelineEntry {
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly what:
    | { readonly kind: 'started' }
    /** `waitingFor` as the search attribute holds it. */
    | {
        readonly kind: 'status';
        readonly status: string;
        readonly waitingFor: readonly string[];
      }
    /** Null: AR24 can be used again. */
    | { readonly kind: 'problem'; readonly problem: string | null }
    /** A call to AR24 that was to change something came to an end; the activity's name. */
    | { readonly kind: 'call'; readonly call: string; readonly failed: boolean }
    /** Somebody sent a signal or an update. */
    | { readonly kind: 'message'; readonly name: string }
    | { readonly kind: 'terminated' };
}

type History = Awaited<ReturnType<ReturnType<typeof handleOf>['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];
type Upsert = NonNullable<HistoryEvent['upsertWorkflowSearchAttributesEventAttributes']>;

/** Looking changes nothing: what it saw shows in the status. */
const LOOKS = ['look', 'awaitChange'];
/** An onboarding goes on in a new run every few thousand events; that many is years. */
const MOST_RUNS = 20;

/** @throws OnboardingNotFoundError or TemporalUnavailableError */
export async function readTimeline(
  temporal: Client,
  reference: string,
): Promise<readonly TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  let { runId }: { readonly runId?: string } = await describe(temporal, reference);
  for (let runs = 0; runId && runs < MOST_RUNS; runs++) {
    const handle = handleOf(temporal, reference, runId);
    const { events } = await callTemporal(temporal, () => handle.fetchHistory());
    const before: string | null | undefined =
      events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    entries.unshift(...entriesOf(events ?? []));
    runId = before ?? '';
  }
  return withoutRepeats(entries);
}

function entriesOf(events: readonly HistoryEvent[]): readonly TimelineEntry[] {
  const scheduled = new Map<string, string>();
  return events.flatMap((event) => {
    const call = event.activityTaskScheduledEventAttributes?.activityType?.name;
    if (call) scheduled.set(String(event.eventId), call);
    const at = requiredTsToDate(event.eventTime, 'eventTime').toISOString();
    return happenings(event, scheduled).map((what) => ({ at, what }));
  });
}

function happenings(
  event: HistoryEvent,
  scheduled: ReadonlyMap<string, string>,
): readonly TimelineEntry['what'][] {
  const started = event.workflowExecutionStartedEventAttributes;
  if (started) return started.continuedExecutionRunId ? [] : [{ kind: 'started' }];
  if (event.workflowExecutionTerminatedEventAttributes) return [{ kind: 'terminated' }];

  const ended =
    event.activityTaskCompletedEventAttributes ?? event.activityTaskFailedEventAttributes;
  const call = ended ? scheduled.get(String(ended.scheduledEventId)) : undefined;
  if (call !== undefined) {
    const failed = event.activityTaskFailedEventAttributes != null;
    return LOOKS.includes(call) ? [] : [{ kind: 'call', call, failed }];
  }

  const name =
    event.workflowExecutionSignaledEventAttributes?.signalName ??
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name;
  if (name) return [{ kind: 'message', name }];

  const upsert = event.upsertWorkflowSearchAttributesEventAttributes;
  return upsert ? attributesIn(upsert) : [];
}

function attributesIn(upsert: Upsert): readonly TimelineEntry['what'][] {
  const status = attribute(upsert, ATTRIBUTES.status.name);
  const waitingFor = attribute(upsert, ATTRIBUTES.waitingFor.name);
  const problem = attribute(upsert, ATTRIBUTES.problem.name);
  return [
    {
      kind: 'status',
      status: typeof status === 'string' ? status : '',
      waitingFor: Array.isArray(waitingFor) ? waitingFor.map(String) : [],
    },
    { kind: 'problem', problem: typeof problem === 'string' ? problem : null },
  ];
}

/** Search attributes are kept in the open, as JSON. */
function attribute({ searchAttributes }: Upsert, name: string): unknown {
  const data = searchAttributes?.indexedFields?.[name]?.data;
  if (!data || data.length === 0) return null;
  return JSON.parse(Buffer.from(data).toString());
}

/** All attributes are written together, so most are written as they were. */
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
