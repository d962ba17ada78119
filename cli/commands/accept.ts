import { Argument, Command } from 'commander';
import { CLAIMABLE, type Claimable } from '../../workflows/contract/index.ts';
import { actOn } from '../act-on.ts';
import { HELP_GROUP, BELIEVED_LATER, BY_DEFAULTS_TO } from './shared.ts';

/** `onboard accept`: reports that a person has accepted or confirmed something at AR24. */
export function acceptCommand(): Command {
  return new Command('accept')
    .helpGroup(HELP_GROUP.onboard)
    .summary('report that the person accepted something')
    .description(
      'Reports that the person has accepted the terms or the attachment, or confirmed the e-mail ' +
        'address. AR24 is read before this is believed; terms count at once with ONBOARDING_TERMS_PROOF=claim.',
    )
    .argument('<reference>', 'which onboarding')
    .addArgument(new Argument('<what>', 'the accepted requirement').choices(CLAIMABLE))
    .option('--by <name>', `who says so; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard accept customer-42 terms --by "support, by telephone"`,
    )
    .action(accept);
}

interface Options {
  readonly by?: string;
  readonly json?: boolean;
}

async function accept(reference: string, what: Claimable, options: Options): Promise<void> {
  const { by } = options;
  await actOn(reference, options, (all) => all.accept(reference, { what, by }), {
    remark: BELIEVED_LATER,
  });
}
