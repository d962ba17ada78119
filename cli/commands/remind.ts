import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from '../help-groups.ts';

/** `onboard remind`: have AR24 mail the person once more, now. */
export function remindCommand(): Command {
  return new Command('remind')
    .helpGroup(HELP_GROUP.operate)
    .summary('have AR24 mail the person again now')
    .description(
      'Has AR24 mail once more what the person has not answered: the access request, the terms or ' +
        'the request for a way to pay. Not within 10 minutes of the last mail.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard remind customer-42`,
    )
    .action(remind);
}

async function remind(reference: string, options: { readonly json?: boolean }): Promise<void> {
  await actOn(reference, options, (all) => all.remind(reference), 'AR24 is asked to mail again');
}
