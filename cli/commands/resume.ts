import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard resume`: ends the pause of `onboard pause`. */
export function resumeCommand(): Command {
  return new Command('resume')
    .helpGroup(HELP_GROUP.operate)
    .summary('let workers write to AR24 again')
    .description(
      'Ends the pause of `onboard pause`, and has every onboarding that waits for it go on at once. If this command is ' +
        'interrupted, run it again: those that it did not reach go on by themselves later.',
    )
    .option(
      '--json',
      'print JSON: whether writes were paused, then each onboarding that goes on, a line each',
    )
    .addHelpText('after', '\nExample:\n  $ onboard resume')
    .action(resume);
}

interface Options {
  readonly json?: boolean;
}

async function resume(options: Options): Promise<void> {
  const output = createOutput(options);
  await withOnboardings(async (onboardings) => {
    const resumed = await onboardings.writes.resume();
    output.result({ resumed }, () =>
      resumed ? 'Workers write to AR24 again.' : 'Writes to AR24 were not paused.',
    );
    for await (const reference of onboardings.checkAll('paused')) {
      output.result({ reference, checked: true }, () => `${reference}: goes on`);
    }
  });
}
