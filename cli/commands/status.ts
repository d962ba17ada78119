import { Command } from 'commander';
import {
  TemporalUnavailableError,
  type Erasure,
  type OnboardingClient,
  type SenderView,
} from '../../client/index.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { story } from '../text/story.ts';
import { plain } from '../text/style.ts';
import { ago } from '../text/time.ts';
import { receiptText, type Erased } from './erase.ts';
import { HELP_GROUP, notePause } from './shared.ts';

/** `onboard status`: shows one sender's onboarding. */
export function statusCommand(): Command {
  return new Command('status')
    .helpGroup(HELP_GROUP.see)
    .summary('show the state of an onboarding')
    .description(
      'Shows the state of an onboarding: outstanding requirements, problems, the next steps and their ' +
        'times, and what to do. Where no worker answers, it shows the data of Temporal alone, marked partial. ' +
        'After an erasure it shows the receipt.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard status customer-42
  $ onboard status customer-42 --json | jq -r .status`,
    )
    .action(status);
}

async function status(reference: string, options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const { view, erasure } = await withOnboardings(async (onboardings) => {
    const found = await onboardings.view(reference);
    await notePause(onboardings, output);
    return { view: found, erasure: await erasureBehind(onboardings, found) };
  });
  if (erasure?.kind === 'erased') {
    if (!erasure.found) throw new CommandError(neverThere(erasure), EXIT.notFound);
    const { keptRun: _run, ...receipt } = erasure.receipt;
    output.result({ ...view, erasure: receipt }, () => receiptText(erasure));
    return;
  }
  output.result({ ...view, ...(erasure && { erasure }) }, () =>
    erasure === undefined ? story(view, Date.now()) : pendingText(reference, erasure),
  );
}

/** The erasure that is pending, or that left nothing but this run. Undefined where there is neither. */
export async function erasureBehind(
  onboardings: Pick<OnboardingClient, 'erasure'>,
  { reference, runId }: SenderView,
): Promise<Erasure | undefined> {
  const erasure = await onboardings.erasure(reference).catch((error: unknown) => {
    // The receipt may need a key that is missing here. The view has been read without it.
    if (error instanceof TemporalUnavailableError) return undefined;
    throw error;
  });
  switch (erasure?.kind) {
    case 'erased':
      return erasure.receipt.keptRun === runId ? erasure : undefined;
    case 'waiting':
    case 'under-way':
      return erasure;
    case 'stopped':
    case undefined:
      return undefined;
  }
}

function pendingText(reference: string, erasure: Exclude<Erasure, Erased>): string {
  const when = ago(erasure.since, Date.now());
  return erasure.kind === 'under-way'
    ? `${reference}: its erasure was requested ${when}, and is in progress`
    : `${reference}: its erasure was requested ${when}, and no worker has begun it (\`onboard worker\`)`;
}

/** The run that an erasure leaves shows as cancelled. No onboarding was, so that is not printed. */
export function neverThere({ receipt: { reference, by, erasedAt } }: Erased): string {
  return (
    `no onboarding had the reference ${reference} when its erasure was requested by ${plain(by)} ` +
    `(${ago(erasedAt, Date.now())}); since then sign-up events for it start nothing, and \`onboard start\` needs --restart`
  );
}
