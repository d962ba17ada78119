/** Watching one onboarding until it ends or the watcher has seen enough. */
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Display } from './display.ts';
import { momentsOf } from './moments.ts';

/**
 * Resolves with the last view once the onboarding has ended as ready.
 *
 * @throws CommandError when it ended as something else, and on Ctrl-C
 */
export async function watchToTheEnd(
  onboardings: OnboardingClient,
  reference: string,
  display: Display,
): Promise<SenderView> {
  const interrupted = new AbortController();
  const onInterrupt = (): void => {
    // Whoever presses it twice wants out at once.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  };
  // Not `once`: who hides the cursor ends the process where no other listener is left.
  process.on('SIGINT', onInterrupt);
  let last: SenderView | undefined;
  try {
    for await (const moment of momentsOf(onboardings, reference, interrupted.signal)) {
      if (moment.kind === 'changed') last = moment.view;
      display.show(moment);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    display.end();
  }
  if (last?.outcome?.kind === 'ready') return last;
  if (last?.outcome) {
    throw new CommandError(`${reference} ended as ${last.outcome.kind}`, EXIT.notReady);
  }
  throw new CommandError(
    `no longer watching; the onboarding goes on: onboard watch ${reference}`,
    EXIT.interrupted,
  );
}
