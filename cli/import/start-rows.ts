/** Starts the rows: several at a time, within a rate, and across outages of Temporal. */
import type { OnboardingClient } from '../../client/index.ts';
import { inLanes, type Lanes } from '../lanes.ts';
import { startedResult, type RowResult } from './results.ts';
import type { ValidRow } from './row.ts';

interface StartingRows extends Pick<Lanes<never, never>, 'perSecond' | 'signal' | 'onAway'> {
  readonly onResult: (result: RowResult) => void;
}

const ANSWERED_WITHIN_MS = 5_000;

/**
 * Ends early when `signal` aborts. Rows without a result were not started, or their answer was lost: they may be
 * started again.
 *
 * @throws TemporalUnavailableError where Temporal is away at the beginning
 */
export async function startRows(
  onboardings: Pick<OnboardingClient, 'start'>,
  rows: readonly ValidRow[],
  { onResult, ...bounds }: StartingRows,
): Promise<void> {
  await inLanes(rows, {
    ...bounds,
    answeredWithinMs: ANSWERED_WITHIN_MS,
    act: ({ request }) => onboardings.start(request, { bulk: true, door: 'import' }),
    onResult: (row, start) => {
      onResult(startedResult(row, start));
    },
  });
}
