import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { BELIEVED_LATER, BY_DEFAULTS_TO } from './by.ts';

/** `onboard refuse`: somebody says that the holder does not let us in. */
export function refuseCommand(): Command {
  return new Command('refuse')
    .helpGroup(HELP_GROUP.onboard)
    .summary('tell that the holder refused access')
    .description(
      'Tells that the holder of the AR24 account refused access, which ends the onboarding. AR24 ' +
        'is read first: access that it shows as granted wins.',
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
  await actOn(reference, options, (all) => all.refuse(reference, { by }), BELIEVED_LATER);
}
