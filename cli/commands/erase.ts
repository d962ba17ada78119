import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { Erasure, OnboardingClient } from '../../client/index.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { confirmByTyping } from '../input/confirmation.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { HELP_GROUP, BY_DEFAULTS_TO } from './shared.ts';

interface Options {
  readonly yes?: boolean;
  readonly by?: string;
  readonly json?: boolean;
}

const WARNING =
  'This ends the onboarding and permanently deletes all data that Temporal stores of this sender. The account at ' +
  'AR24 stays.';

function notFound(reference: string): string {
  return (
    `no onboarding had the reference ${reference}, or Temporal has deleted it already: is the reference right? ` +
    'A later sign-up event for it starts nothing; `onboard start` with --restart does'
  );
}

/** `onboard erase`: deletes all data of a sender. */
export function eraseCommand(): Command {
  return new Command('erase')
    .helpGroup(HELP_GROUP.operate)
    .summary('delete all data of a sender')
    .description(
      'Ends the onboarding, deletes every history that Temporal keeps of this sender, also of ' +
        'notifications, and prints a receipt. Sign-up events of this reference start nothing afterwards. ' +
        'The request is durable at once; the command waits until a worker has carried it out. May be ' +
        'repeated. The account at AR24 stays, and so do backups: see docs/privacy.md.',
    )
    .argument('<reference>', 'of the sender')
    .option('--yes', 'without confirmation; otherwise the reference has to be typed on a terminal')
    .option('--by <name>', `who requests it; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the receipt')
    .addHelpText(
      'after',
      `
Exits with 0 once it is done, with 3 if it is done and no onboarding had this reference, with 5 if it is accepted
and not done yet.

Examples:
  $ onboard erase customer-42
  $ onboard erase customer-42 --yes --by "ticket 1207" --json`,
    )
    .action(erase);
}

async function erase(reference: string, options: Options): Promise<void> {
  const { yes, by } = options;
  if (yes !== true) await confirmByTyping(reference, WARNING);
  const output = createOutput(options);
  await withOnboardings(async (onboardings) => {
    await onboardings.erase(reference, { by });
    output.note('accepted: it will be done, also if this command ends now');
    const waited = await awaitErasure(onboardings, reference, output.note, stopRequest());
    switch (waited.kind) {
      case 'erased': {
        const { found } = waited;
        const { keptRun: _run, ...receipt } = waited.receipt;
        output.result({ ...receipt, found }, () => receiptText(waited));
        if (!found) throw new CommandError(notFound(reference), EXIT.notFound);
        return;
      }
      case 'not-yet':
        throw new CommandError(waited.why, waited.exitCode);
      case 'stopped':
        throw new CommandError(
          'the erasure was ended in Temporal before it was done: run this command again',
          EXIT.unavailable,
        );
    }
  });
}

/** The receipt for a person, also for `onboard status`. */
export function receiptText({ receipt, found }: Erased): string {
  const {
    reference,
    by,
    alsoRequestedBy = [],
    erasedAt,
    onboardingRuns,
    notificationRuns,
  } = receipt;
  return [
    found ? `${reference} is erased` : `${reference}: there was nothing to erase`,
    `  when           ${erasedAt}`,
    `  requested by   ${[by, ...alsoRequestedBy.map((one) => one.by)].join(', ')}`,
    `  runs deleted   onboardings: ${onboardingRuns}, notifications: ${notificationRuns}`,
  ].join('\n');
}

export type Erased = Extract<Erasure, { kind: 'erased' }>;

type Waited =
  | Erased
  | Extract<Erasure, { kind: 'stopped' }>
  | { readonly kind: 'not-yet'; readonly why: string; readonly exitCode: ExitCode };

const READ_EVERY_MS = 500;
const NOTE_EVERY_MS = 15_000;
/** A running worker begins at once. */
const BEGUN_WITHIN_MS = 10_000;
/** A call to AR24 in flight ends within two minutes, and Temporal deletes within about one. */
const DONE_WITHIN_MS = 300_000;

/**
 * Waits until the erasure is done, or takes too long.
 *
 * @param note prints the progress
 * @param stop resolves when the caller no longer waits
 * @throws TemporalUnavailableError
 */
async function awaitErasure(
  onboardings: Pick<OnboardingClient, 'erasure'>,
  reference: string,
  note: (line: string) => void,
  stop: Promise<unknown>,
): Promise<Waited> {
  const began = performance.now();
  let stopped = false;
  const stopping = stop.then(() => (stopped = true));
  const isStopped = (): boolean => stopped;
  let notedAt = began;
  for (;;) {
    const erasure = await onboardings.erasure(reference);
    const passedMs = performance.now() - began;
    switch (erasure?.kind) {
      case 'erased':
      case 'stopped':
        return erasure;
      case 'waiting':
      case undefined:
        if (passedMs < BEGUN_WITHIN_MS) break;
        return notYet(
          'no worker has begun it yet: one does as soon as it runs (`onboard worker`); run this command ' +
            'again to wait for it',
        );
      case 'under-way':
        if (passedMs < DONE_WITHIN_MS) break;
        return notYet(
          `not done within ${DONE_WITHIN_MS / 60_000} minutes, and goes on: Temporal's UI shows how far ` +
            `sender-erasure/${reference} is`,
        );
    }
    if (isStopped()) return notYet('it goes on by itself', EXIT.interrupted);
    if (performance.now() - notedAt >= NOTE_EVERY_MS) {
      notedAt = performance.now();
      note(`in progress for ${Math.round(passedMs / 1_000)} s`);
    }
    await Promise.race([pause(READ_EVERY_MS), stopping]);
  }
}

function notYet(why: string, exitCode: ExitCode = EXIT.unavailable): Waited {
  return { kind: 'not-yet', why, exitCode };
}
