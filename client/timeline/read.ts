/** What happened to an onboarding, from Temporal's history: known also when no worker runs. */
import type { Client } from '@temporalio/client';
import { requiredTsToDate } from '@temporalio/common/lib/time.js';
import { workflowIdOf } from '../../workflows/contract/index.ts';
import { OnboardingNotFoundError } from '../errors/index.ts';
import { describe, handleOf } from '../onboarding-run.ts';
import { callTemporal, GRPC, grpcCodeOf } from '../temporal-call.ts';
import type { TimelineEntry } from './entry.ts';
import { happenings, type HistoryEvent } from './happenings.ts';
import { fieldReader, type ReadFields } from './payload.ts';

/** An onboarding goes on in a new run every few thousand events; that many is years. */
const MOST_RUNS = 20;

/** @throws OnboardingNotFoundError or TemporalUnavailableError */
export async function readTimeline(
  temporal: Client,
  reference: string,
): Promise<readonly TimelineEntry[]> {
  const read = fieldReader(temporal, workflowIdOf(reference));
  const entries: TimelineEntry[] = [];
  let { runId }: { readonly runId?: string } = await describe(temporal, reference);
  for (let runs = 0; runId && runs < MOST_RUNS; runs++) {
    const events = await eventsOf(temporal, reference, runId);
    if (events === undefined) {
      if (runs === 0) throw new OnboardingNotFoundError(reference);
      // Temporal keeps each run for its retention only, however long the onboarding goes on.
      break;
    }
    const before: string | null | undefined =
      events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    entries.unshift(...(await entriesOf(events, read)));
    runId = before ?? '';
  }
  return withoutRepeats(entries);
}

/** Undefined where Temporal has no such run, or no longer. */
async function eventsOf(
  temporal: Client,
  reference: string,
  runId: string,
): Promise<readonly HistoryEvent[] | undefined> {
  const handle = handleOf(temporal, reference, runId);
  try {
    return (await callTemporal(temporal, () => handle.fetchHistory())).events ?? [];
  } catch (error) {
    if (grpcCodeOf(error) === GRPC.notFound) return undefined;
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
    const at = requiredTsToDate(event.eventTime, 'eventTime').toISOString();
    for (const what of await happenings(event, calls, read)) entries.push({ at, what });
  }
  return entries;
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
