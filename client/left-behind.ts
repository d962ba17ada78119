/** What a run has begun at AR24 that failed, or whose end cannot be read: it cannot tell, its history does. */
import type { Client } from '@temporalio/client';
import { z } from 'zod';
import { workflowIdOf, type LeftBehind } from '../workflows/contract/index.ts';
import { handleOf } from './onboarding-run.ts';
import { callTemporal } from './temporal-call.ts';
import type { HistoryEvent } from './timeline/happenings.ts';
import { fieldReader, type ReadFields } from './timeline/payload.ts';

/** What a run was started or continued with, as far as it tells of askings. */
const startSchema = z.object({
  askedBefore: z.boolean(),
  identityOrderedBefore: z.boolean(),
  carriedOver: z
    .object({
      sender: z.object({
        access: z.string(),
        how: z.string().nullable(),
        asked: z.object({ identity: z.unknown() }).partial(),
      }),
    })
    .optional(),
});

const resultSchema = z.object({
  sighting: z.object({ kind: z.string() }).nullable(),
  asked: z.object({ kind: z.string() }),
});

/** @returns in doubt nobody was asked, since that proves whose an account is, and all was paid for */
export async function leftInHistory(
  temporal: Client,
  reference: string,
  runId: string,
): Promise<LeftBehind> {
  const { events } = await callTemporal(temporal, () =>
    handleOf(temporal, reference, runId).fetchHistory(),
  );
  const read = fieldReader(temporal, workflowIdOf(reference));
  const input = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads;
  const { data: start } = startSchema.safeParse(await read(input));
  if (!start) return { accessAsked: false, identityOrdered: true };
  const sender = start.carriedOver?.sender;
  const askedEarlier =
    start.askedBefore ||
    (sender !== undefined &&
      (sender.access === 'asked' || sender.access === 'refused' || sender.how === 'attached'));
  const orderedEarlier = start.identityOrderedBefore || sender?.asked.identity !== undefined;
  return {
    accessAsked: askedEarlier || (await holderWasAsked(events ?? [], read)),
    identityOrdered: orderedEarlier || scheduled(events ?? [], 'orderIdentity').size > 0,
  };
}

function scheduled(events: readonly HistoryEvent[], activity: string): ReadonlySet<string> {
  const found = events.filter(
    (event) => event.activityTaskScheduledEventAttributes?.activityType?.name === activity,
  );
  return new Set(found.map(({ eventId }) => String(eventId)));
}

/** Only one who has an account can have been asked. */
async function holderWasAsked(events: readonly HistoryEvent[], read: ReadFields): Promise<boolean> {
  const asking = scheduled(events, 'requestAccess');
  for (const { activityTaskCompletedEventAttributes: completed } of events) {
    if (!completed || !asking.has(String(completed.scheduledEventId))) continue;
    const { data: result } = resultSchema.safeParse(await read(completed.result?.payloads));
    if (result?.asked.kind === 'taken') return true;
    if (result?.asked.kind === 'unanswered' && result.sighting?.kind === 'unavailable') return true;
  }
  return false;
}
