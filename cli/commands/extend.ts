import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard extend`: gives the person more time. */
export function extendCommand(): Command {
  return new Command('extend')
    .helpGroup(HELP_GROUP.operate)
    .summary('move the deadline')
    .description('Moves the deadline after which the onboarding is given up, by a year at most.')
    .argument('<reference>', 'which onboarding')
    .requiredOption(
      '--until <date>',
      'the new deadline: 2027-01-31 (the end of that day, UTC), or 2027-01-31T18:00:00+01:00',
    )
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard extend customer-42 --until 2027-01-31`,
    )
    .action(extend);
}

interface Options {
  readonly until: string;
  readonly json?: boolean;
}

async function extend(reference: string, options: Options): Promise<void> {
  const { until } = options;
  await actOn(reference, options, (all) => all.extend(reference, { until }));
}
