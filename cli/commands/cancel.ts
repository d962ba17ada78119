import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP, BY_DEFAULTS_TO } from './shared.ts';

/** `onboard cancel`: ends an onboarding that is not wanted any more. */
export function cancelCommand(): Command {
  return new Command('cancel')
    .helpGroup(HELP_GROUP.operate)
    .summary('end an onboarding without a result')
    .description(
      'Ends an onboarding with the outcome cancelled. Its effects at AR24 stay: an account is ' +
        'not deleted, and a mail not recalled.',
    )
    .argument('<reference>', 'which onboarding')
    .requiredOption('--reason <text>', 'why; kept with the outcome, so no personal data please')
    .option('--by <name>', `who cancels; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard cancel customer-42 --reason "signed up twice"`,
    )
    .action(cancel);
}

interface Options {
  readonly reason: string;
  readonly by?: string;
  readonly json?: boolean;
}

async function cancel(reference: string, options: Options): Promise<void> {
  const { reason, by } = options;
  const remark = 'it ends after the call to AR24 that is in flight';
  await actOn(reference, options, (all) => all.cancel(reference, { reason, by }), { remark });
}
