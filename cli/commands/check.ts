import { Command, Option } from 'commander';
import { PROBLEM_KINDS, type ProblemKind } from '../../workflows/contract/index.ts';
import { withOnboardings } from '../connect.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP } from './shared.ts';

interface Options {
  readonly json?: boolean;
  readonly problem?: ProblemKind;
}

/** `onboard check`: reads AR24 now, instead of at the next poll. */
export function checkCommand(): Command {
  return new Command('check')
    .helpGroup(HELP_GROUP.operate)
    .summary('read AR24 again now')
    .description(
      'Reads AR24 now, for one onboarding, or for all that have the same problem: once AR24 is back, ' +
        'or its credentials are right again, they need not wait for the next regular try.',
    )
    .argument('[reference]', 'which onboarding')
    .addOption(new Option('--problem <kind>', 'all that have this problem').choices(PROBLEM_KINDS))
    .option('--json', 'print JSON, an onboarding a line')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard check customer-42
  $ onboard check --problem credentials`,
    )
    .action(check);
}

async function check(reference: string | undefined, options: Options): Promise<void> {
  const output = createOutput(options);
  const report = (checked: string) => {
    output.result(
      { reference: checked, checked: true },
      () => `${checked}: asked to read AR24 now`,
    );
  };
  const { problem } = options;
  if ((reference === undefined) === (problem === undefined)) {
    throw new CommandError('check needs either a REFERENCE or --problem KIND');
  }
  await withOnboardings(async (onboardings) => {
    if (reference !== undefined) {
      await onboardings.check(reference);
      report(reference);
    }
    if (problem === undefined) return;
    for await (const checked of onboardings.checkAll(problem)) report(checked);
  });
}
