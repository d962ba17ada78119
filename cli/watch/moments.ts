/** An onboarding as it goes on, also across the absence of Temporal. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  TemporalUnavailableError,
  type OnboardingClient,
  type SenderView,
  type TimelineEntry,
} from '../../client/index.ts';

export type Moment =
  /** `news`: what happened since the last moment; at first, everything. */
  | {
      readonly kind: 'changed';
      readonly view: SenderView;
      readonly news: readonly TimelineEntry[];
    }
  /** Temporal is away. The next `changed` says that it is back. */
  | { readonly kind: 'lost'; readonly why: string };

const TRY_AGAIN_MS = 1_000;

/**
 * Ends with the onboarding, or without a word when `signal` says so.
 *
 * @throws OnboardingNotFoundError; TemporalUnavailableError where it was away from the beginning
 */
export async function* momentsOf(
  onboardings: OnboardingClient,
  reference: string,
  signal: AbortSignal,
): AsyncIterableIterator<Moment> {
  const isOver = (): boolean => signal.aborted;
  const told = { began: '', entries: 0 };
  let state: 'never-seen' | 'seen' | 'lost' = 'never-seen';
  while (!isOver()) {
    try {
      for await (const view of onboardings.follow(reference, { signal })) {
        const timeline = await onboardings.timeline(reference);
        if (isOver()) return;
        const began = timeline[0]?.at ?? '';
        // Started again meanwhile: another story.
        const news = began === told.began ? timeline.slice(told.entries) : timeline;
        Object.assign(told, { began, entries: timeline.length });
        state = 'seen';
        yield { kind: 'changed', view, news };
      }
      return;
    } catch (error) {
      if (isOver()) return;
      if (state === 'never-seen' || !(error instanceof TemporalUnavailableError)) throw error;
      if (state === 'seen') yield { kind: 'lost', why: error.message };
      state = 'lost';
      await pause(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
