import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { awaitErasure } from '../erase/await-erasure.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { confirmByTyping } from '../input/confirmation.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { BY_DEFAULTS_TO } from './by.ts';

interface Options {
  readonly yes?: boolean;
  readonly by?: string;
  readonly json?: boolean;
}

const WARNING =
  'This ends the onboarding and deletes all that Temporal keeps of this sender, for good. The account at ' +
  'AR24 stays.';

/** `onboard erase`: have a sender forgotten. */
export function eraseCommand(): Command {
  return new Command('erase')
    .helpGroup(HELP_GROUP.operate)
    .summary('have a sender forgotten')
    .description(
      'Ends the onboarding, deletes every history that Temporal keeps of this sender, what tells the ' +
        'partner too, and prints a receipt. Sign-up events of this reference start nothing afterwards. ' +
        'Durable at once; done as soon as a worker has done it, which is waited for. May be repeated. The ' +
        'account at AR24 stays, and so do backups: see docs/privacy.md.',
    )
    .argument('<reference>', 'whom')
    .option('--yes', 'do not ask; without it the reference has to be typed on a terminal')
    .option('--by <name>', `who wants it; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the receipt')
    .addHelpText(
      'after',
      `
Exits with 0 once it is done, with 5 where it was accepted and is not done yet.

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
    output.note('accepted: it will be done, whatever becomes of this command');
    const waited = await awaitErasure(onboardings, reference, output.note, stopRequest());
    switch (waited.kind) {
      case 'erased': {
        const { keptRun: _run, ...receipt } = waited.receipt;
        output.result(receipt, () => told(receipt));
        return;
      }
      case 'not-yet':
        throw new CommandError(waited.why, waited.exitCode);
      case 'stopped':
        throw new CommandError('somebody ended the erasure before it was done', EXIT.unavailable);
    }
  });
}

function told(receipt: {
  readonly reference: string;
  readonly by: string;
  readonly alsoAsked?: readonly { readonly by: string }[] | undefined;
  readonly erasedAt: string;
  readonly onboardingRuns: number;
  readonly notificationRuns: number;
}): string {
  const { reference, by, alsoAsked = [], erasedAt, onboardingRuns, notificationRuns } = receipt;
  return [
    `${reference} is erased`,
    `  when           ${erasedAt}`,
    `  asked for by   ${[by, ...alsoAsked.map((one) => one.by)].join(', ')}`,
    `  runs deleted   onboardings: ${onboardingRuns}, notifications: ${notificationRuns}`,
  ].join('\n');
}
