/** Watches one onboarding until it ends or the reader stops. */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type OnboardingClient,
  type SenderView,
  TemporalUnavailableError,
  type TimelineEntry,
} from '../../client/index.ts';
import { untilAborted } from '../../client/races.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';

/**
 * Shows it until the onboarding has ended, or `stop` resolves.
 *
 * @returns the last view; undefined where there was none yet
 */
export async function watchToTheEnd(
  onboardings: OnboardingClient,
  reference: string,
  display: Display,
  stop: Promise<unknown>,
): Promise<SenderView | undefined> {
  const interrupted = new AbortController();
  void stop.then(() => {
    interrupted.abort();
  });
  const { signal } = interrupted;
  let last: SenderView | undefined;
  try {
    const updates = updatesOf(onboardings, reference, signal);
    for await (const update of valuesUntilAborted(updates, signal)) {
      if (update.kind === 'changed') last = update.view;
      display.show(update);
    }
  } finally {
    display.end();
  }
  return last;
}

/** @throws CommandError unless the last view shows the outcome ready */
export function expectReady(reference: string, view: SenderView | undefined): void {
  if (view?.outcome?.kind === 'ready') return;
  if (view?.outcome) {
    throw new CommandError(`${reference} ended as ${view.outcome.kind}`, EXIT.notReady);
  }
  throw new CommandError(
    `no longer watching; the onboarding goes on: onboard watch ${reference}`,
    EXIT.interrupted,
  );
}

type Update =
  /** `entries`: of the timeline since the last update; at first, all. */
  | {
      readonly kind: 'changed';
      readonly view: SenderView;
      readonly entries: readonly TimelineEntry[];
    }
  /** Temporal is away. The next `changed` means that it is back. */
  | { readonly kind: 'lost'; readonly why: string };

const TRY_AGAIN_MS = 1_000;

/**
 * The updates of an onboarding, across absences of Temporal. Ends with the onboarding, or when `signal` aborts.
 *
 * @throws OnboardingNotFoundError; TemporalUnavailableError where it is away at the beginning
 */
async function* updatesOf(
  onboardings: OnboardingClient,
  reference: string,
  signal: AbortSignal,
): AsyncIterableIterator<Update> {
  const isOver = (): boolean => signal.aborted;
  const shown = { began: '', entries: 0 };
  let state: 'never-seen' | 'seen' | 'lost' = 'never-seen';
  while (!isOver()) {
    try {
      for await (const view of onboardings.follow(reference, { signal })) {
        const timeline = await onboardings.timeline(reference);
        if (isOver()) return;
        const began = timeline[0]?.at ?? '';
        // Restarted meanwhile: the timeline is a new one.
        const entries = began === shown.began ? timeline.slice(shown.entries) : timeline;
        Object.assign(shown, { began, entries: timeline.length });
        state = 'seen';
        yield { kind: 'changed', view, entries };
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

/** How a watched onboarding is displayed. */
export interface Display {
  show(update: Update): void;
  /** Keeps the last state on the screen, and restores the terminal. */
  end(): void;
}

/** The values of an iterator until `signal` aborts. A value that is awaited then is dropped. */
async function* valuesUntilAborted<T>(
  values: AsyncIterator<T>,
  signal: AbortSignal,
): AsyncIterableIterator<T> {
  try {
    for (;;) {
      const next = await untilAborted(signal, values.next());
      if (next.done === true) return;
      yield next.value;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
