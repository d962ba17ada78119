/** Watching one onboarding until it ends or the watcher has seen enough. */
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Display } from './display.ts';
import { momentsOf } from './moments.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Resolves with the last view once the onboarding has ended as ready.
 *
 * @param stop ends the watching as soon as it resolves
 * @throws CommandError when it ended as something else, and where `stop` was quicker
 */
export async function watchToTheEnd(
  onboardings: OnboardingClient,
  reference: string,
  display: Display,
  stop: Promise<unknown>,
): Promise<SenderView> {
  const interrupted = new AbortController();
  void stop.then(() => {
    interrupted.abort();
  });
  const { signal } = interrupted;
  let last: SenderView | undefined;
  try {
    const moments = momentsOf(onboardings, reference, signal);
    for await (const moment of untilAborted(moments, signal)) {
      if (moment.kind === 'changed') last = moment.view;
      display.show(moment);
    }
  } finally {
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
