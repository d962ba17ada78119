import { setTimeout as pause } from 'node:timers/promises';
import type { OnboardingClient } from '../client/index.ts';
import { inTime } from './in-time.ts';
import { keptTrackOf } from './under-way.ts';

/** Together well below the 2 s within which who calls is to hear that Temporal is away. */
const ASKED_EVERY_MS = 500;
const ANSWERS_WITHIN_MS = 800;

/**
 * Waits for what takes as long as a worker does, and no longer than Temporal itself answers.
 *
 * @throws TemporalUnavailableError as soon as it does not, or what `work` throws
 */
export async function whileReachable<T>(
  onboardings: Pick<OnboardingClient, 'ping'>,
  work: Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const watch = async (): Promise<never> => {
    for (;;) {
      await pause(ASKED_EVERY_MS, undefined, { signal: over.signal });
      await inTime(() => onboardings.ping(), ANSWERS_WITHIN_MS);
    }
  };
  try {
    return await Promise.race([keptTrackOf(work), watch()]);
  } finally {
    over.abort();
  }
}
