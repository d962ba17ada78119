import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP, BELIEVED_LATER, BY_DEFAULTS_TO } from './shared.ts';

/** `onboard refuse`: reports that the holder refused access. */
export function refuseCommand(): Command {
  return new Command('refuse')
    .helpGroup(HELP_GROUP.onboard)
    .summary('report that the holder refused access')
    .description(
      'Reports that the holder of the AR24 account refused access, which ends the onboarding. AR24 ' +
        'is read first: if it shows access as granted, that counts.',
    )
    .argument('<reference>', 'which onboarding')
    .option('--by <name>', `who says so; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard refuse customer-42`,
    )
    .action(refuse);
}

interface Options {
  readonly by?: string;
  readonly json?: boolean;
}

async function refuse(reference: string, options: Options): Promise<void> {
  const { by } = options;
  await actOn(reference, options, (all) => all.refuse(reference, { by }), {
    remark: BELIEVED_LATER,
  });
}
