/**
 * Erases a sender: ends the open onboarding, occupies its workflow id so that a late sign-up event starts nothing, and
 * deletes every run, searching again until Temporal has none left.
 */
import { ApplicationFailure } from '@temporalio/common';
import { log, setCurrentDetails, setHandler, sleep } from '@temporalio/workflow';
import type {
  ErasureRequester,
  ErasureReceipt,
  ErasureRequest,
  SenderRun,
  RunId,
} from './contract/index.ts';
import { erasureRequestedSignal, START_REFUSED } from './contract/index.ts';
import { deleteRuns, endOnboarding, findRuns, keepPlace } from './erase/calls.ts';
import { invalidErasure, isErasureRequester, withRequesters } from './erase/request.ts';
import { refuseUnreadable } from './unreadable.ts';

/** Temporal's search may find a run some seconds after its start. */
const SEARCH_LAGS = '3 seconds';
/** An activity may be handing over a notification. It has ended by then. */
const HANDOVER_ENDS_WITHIN = '30 seconds';
/** The search may still find a run that was deleted. */
const BETWEEN_SEARCHES_MS = { first: 1_000, most: 30_000, growth: 2 };
/** They take over half an hour. A run that is still found then needs an operator. */
const MOST_SEARCHES = 60;
const NOT_ERASED = 'NotErased';

export async function senderErasure(request: ErasureRequest): Promise<ErasureReceipt> {
  const requesters: ErasureRequester[] = [];
  setHandler(erasureRequestedSignal, (requester) => {
    if (isErasureRequester(requester)) requesters.push({ by: requester.by, at: requester.at });
  });
  refuseUnreadable(request);
  const fault = invalidErasure(request);
  if (fault !== null) throw ApplicationFailure.nonRetryable(fault, START_REFUSED);
  const { reference, by, requestedAt, before } = request;
  const deleted = new Map<string, SenderRun['of']>();
  /** The run that occupies the id, and stays. */
  let kept: string | null = before?.keptRun ?? null;
  let lag = SEARCH_LAGS;
  let pauseMs = BETWEEN_SEARCHES_MS.first;
  let emptySearches = 0;

  for (let searches = 1; searches <= MOST_SEARCHES; searches++) {
    const { newest, runs } = await findRuns(reference);
    if (kept === null || newest !== kept) {
      setCurrentDetails('ending the open onboarding');
      const { notifiesPartner } = await endOnboarding(reference, by);
      if (notifiesPartner === 'maybe') lag = HANDOVER_ENDS_WITHIN;
      kept = await keepPlace(reference, by);
      continue;
    }
    const left = runs.filter(({ runId }) => runId !== kept);
    if (left.length === 0) {
      if (++emptySearches === 2) return receipt(kept);
      setCurrentDetails('nothing is left; searching once more');
      await sleep(lag, { summary: 'wait for runs that the search finds late' });
      continue;
    }
    emptySearches = 0;
    for (const { runId, of } of left) deleted.set(runId, of);
    setCurrentDetails(`runs found: ${deleted.size}, not yet deleted: ${left.length}`);
    await deleteRuns(reference, left);
    await sleep(pauseMs, { summary: 'wait until the search no longer finds them' });
    pauseMs = Math.min(pauseMs * BETWEEN_SEARCHES_MS.growth, BETWEEN_SEARCHES_MS.most);
  }
  throw ApplicationFailure.nonRetryable(
    'Temporal still finds runs of this sender after half an hour of deleting: see its log, then erase again',
    NOT_ERASED,
  );

  function receipt(keptRun: RunId): ErasureReceipt {
    const isAsBefore = keptRun === before?.keptRun && deleted.size === 0;
    if (isAsBefore) return withRequesters(before, requesters);
    const [onboardingRuns, notificationRuns] = [count('onboarding'), count('notifications')];
    const erasedAt = new Date().toISOString();
    setCurrentDetails(
      `erased ${erasedAt}, requested by ${by}: ${onboardingRuns} runs of onboardings, ${notificationRuns} of notifications`,
    );
    const counts = { onboardingRuns, notificationRuns };
    log.info('a sender was erased', { by, ...counts });
    return withRequesters({ reference, by, requestedAt, erasedAt, ...counts, keptRun }, requesters);
  }

  function count(what: SenderRun['of']): number {
    return [...deleted.values()].filter((of) => of === what).length;
  }
}
