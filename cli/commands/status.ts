import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { createOutput } from '../output.ts';
import { story } from '../text/story.ts';

/** `onboard status`: all that is known of one sender's onboarding now. */
export function statusCommand(): Command {
  return new Command('status')
    .helpGroup(HELP_GROUP.see)
    .summary('tell how it stands with a sender')
    .description(
      'Tells all that is known of an onboarding: what is waited for, what went wrong, what to do, ' +
        'what comes next and when. Where no worker answers, it tells what Temporal knows, and is ' +
        'marked partial.',
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
  const view = await withOnboardings((onboardings) => onboardings.view(reference));
  output.result(view, () => story(view, Date.now()));
}
