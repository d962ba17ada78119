/** When a workflow scheduled which activity, in its own time: the simulator uses the real clock. */
import type { WorkflowHandle } from '@temporalio/client';
import type { Ar24Activities } from '../../activities/index.ts';

/** Milliseconds since the epoch. */
export async function timesOf(
  handle: WorkflowHandle,
  activity: keyof Ar24Activities,
): Promise<readonly number[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ eventTime, activityTaskScheduledEventAttributes: scheduled }) =>
    scheduled?.activityType?.name === activity ? [Number(eventTime?.seconds) * 1000] : [],
  );
}
