/** Watching one onboarding until it ends or the watcher has seen enough. */
import type { OnboardingClient, SenderView } from '../../client/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Display } from './display.ts';
import { momentsOf } from './moments.ts';
import { untilAborted } from './until-aborted.ts';

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
    const moments = momentsOf(onboardings, reference, signal);
    for await (const moment of untilAborted(moments, signal)) {
      if (moment.kind === 'changed') last = moment.view;
      display.show(moment);
    }
  } finally {
    display.end();
  }
  return last;
}

/** @throws CommandError unless this last view is that of a sender who is ready */
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
