/**
 * Has a sender forgotten: ends what is still open, leaves in its place what keeps a late sign-up event
 * from starting anything, and deletes every run, looking again until Temporal has none left.
 */
import { ApplicationFailure } from '@temporalio/common';
import { log, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow';
import type { Asker, ErasureReceipt, ErasureRequest, SenderRun } from './contract/index.ts';
import { erasureAskedSignal, START_REFUSED } from './contract/index.ts';
import { withAskers } from './erase/askers.ts';
import { deleteRuns, endOnboarding, findRuns, keepPlace } from './erase/calls.ts';
import { faultInErasure, isAsker } from './erase/shape.ts';
import { refuseUnreadable } from './unreadable.ts';

/** Temporal's search may show a run some seconds late. */
const SEARCH_LAGS = '3 seconds';
/** A worker may be handing something over for the partner: it has given up by then. */
const HANDED_OVER_WITHIN = '30 seconds';
/** What is deleted may still be found for a while. */
const BETWEEN_LOOKS_MS = { first: 1_000, most: 30_000, growth: 2 };
/** Half an hour and more: what is still there then is not going to go by itself. */
const MOST_LOOKS = 60;
const NOT_ERASED = 'NotErased';

export async function senderErasure(request: ErasureRequest): Promise<ErasureReceipt> {
  const askers: Asker[] = [];
  setHandler(erasureAskedSignal, (asker) => {
    if (isAsker(asker)) askers.push({ by: asker.by, at: asker.at });
  });
  refuseUnreadable(request);
  const fault = faultInErasure(request);
  if (fault !== null) throw ApplicationFailure.nonRetryable(fault, START_REFUSED);
  const { reference, by, requestedAt, before } = request;
  const deleted = new Map<string, SenderRun['of']>();
  /** The run that keeps the place, and stays. */
  let kept: string | null = before?.keptRun ?? null;
  let lag = SEARCH_LAGS;
  let pauseMs = BETWEEN_LOOKS_MS.first;
  let emptyLooks = 0;

  for (let looks = 1; looks <= MOST_LOOKS; looks++) {
    const { newest, runs } = await findRuns(reference);
    if (kept === null || newest !== kept) {
      setCurrentDetails('ending what is open');
      const { tellsPartner } = await endOnboarding(reference, by);
      if (tellsPartner === 'maybe') lag = HANDED_OVER_WITHIN;
      kept = await keepPlace(reference, by);
      continue;
    }
    const left = runs.filter(({ runId }) => runId !== kept);
    if (left.length === 0) {
      if (++emptyLooks === 2) return receipt(kept);
      setCurrentDetails('nothing is left; looking once more');
      await sleep(lag, { summary: 'what comes late' });
      continue;
    }
    emptyLooks = 0;
    for (const { runId, of } of left) deleted.set(runId, of);
    setCurrentDetails(`runs found: ${deleted.size}, still there: ${left.length}`);
    await deleteRuns(reference, left);
    await sleep(pauseMs, { summary: 'until Temporal finds it no more' });
    pauseMs = Math.min(pauseMs * BETWEEN_LOOKS_MS.growth, BETWEEN_LOOKS_MS.most);
  }
  throw ApplicationFailure.nonRetryable(
    'Temporal still has runs of this sender, however often it was to delete them: see its log, then erase again',
    NOT_ERASED,
  );

  function receipt(keptRun: string): ErasureReceipt {
    const isAsBefore = keptRun === before?.keptRun && deleted.size === 0;
    if (isAsBefore) return withAskers(before, askers);
    const [onboardingRuns, notificationRuns] = [count('onboarding'), count('notifications')];
    const erasedAt = new Date().toISOString();
    setCurrentDetails(
      `erased ${erasedAt}, as ${by} asked: ${onboardingRuns} runs of onboardings, ${notificationRuns} of notifications`,
    );
    const counts = { onboardingRuns, notificationRuns };
    log.info('a sender was erased', { by, ...counts });
    return withAskers({ reference, by, requestedAt, erasedAt, ...counts, keptRun }, askers);
  }

  function count(what: SenderRun['of']): number {
    return [...deleted.values()].filter((of) => of === what).length;
  }
}
