/** An erasure until it is done, for somebody who waits at a terminal or in a script. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Erasure, OnboardingClient } from '../../client/index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

export type Waited =
  | Extract<Erasure, { kind: 'erased' | 'stopped' }>
  | { readonly kind: 'not-yet'; readonly why: string; readonly exitCode: ExitCode };

const LOOK_EVERY_MS = 500;
const NOTE_EVERY_MS = 15_000;
/** A worker that runs takes it up at once. */
const TAKEN_UP_WITHIN_MS = 10_000;
/** A call to AR24 in flight takes two minutes to settle at most, and Temporal's deleting about one. */
const DONE_WITHIN_MS = 300_000;

/**
 * @param note tells a person how far it is
 * @param stop resolves when nobody wants to wait any more
 * @throws TemporalUnavailableError
 */
export async function awaitErasure(
  onboardings: Pick<OnboardingClient, 'erasure'>,
  reference: string,
  note: (line: string) => void,
  stop: Promise<unknown>,
): Promise<Waited> {
  const began = Date.now();
  let stopped = false;
  const stopping = stop.then(() => (stopped = true));
  const isStopped = (): boolean => stopped;
  let notedAt = began;
  for (;;) {
    const erasure = await onboardings.erasure(reference);
    const passedMs = Date.now() - began;
    switch (erasure?.kind) {
      case 'erased':
      case 'stopped':
        return erasure;
      case 'waiting':
      case undefined:
        if (passedMs < TAKEN_UP_WITHIN_MS) break;
        return notYet(
          'no worker has taken it up yet: it is done as soon as one runs (`onboard worker`); this command, ' +
            'again, waits for it',
        );
      case 'under-way':
        if (passedMs < DONE_WITHIN_MS) break;
        return notYet(
          `not done within ${DONE_WITHIN_MS / 60_000} minutes, and goes on: Temporal's UI shows how far ` +
            `sender-erasure/${reference} is`,
        );
    }
    if (isStopped()) return notYet('it goes on by itself', EXIT.interrupted);
    if (Date.now() - notedAt >= NOTE_EVERY_MS) {
      notedAt = Date.now();
      note(`under way for ${Math.round(passedMs / 1_000)} s`);
    }
    await Promise.race([pause(LOOK_EVERY_MS), stopping]);
  }
}

function notYet(why: string, exitCode: ExitCode = EXIT.unavailable): Waited {
  return { kind: 'not-yet', why, exitCode };
}
