import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard remind`: has AR24 mail the person again now. */
export function remindCommand(): Command {
  return new Command('remind')
    .helpGroup(HELP_GROUP.operate)
    .summary('have AR24 mail the person again now')
    .description(
      'Has AR24 repeat the mail that the person has not answered: the access request, the terms or ' +
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
  await actOn(reference, options, (all) => all.remind(reference), {
    remark: 'AR24 is requested to mail again',
  });
}
