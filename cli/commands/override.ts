import { Argument, Command } from 'commander';
import { OVERRIDABLE, type Overridable } from '../../workflows/contract/index.ts';
import { actOn } from '../act-on.ts';
import { HELP_GROUP, BY_DEFAULTS_TO } from './shared.ts';

/** `onboard override`: counts a requirement as satisfied by an operator's decision. */
export function overrideCommand(): Command {
  return new Command('override')
    .helpGroup(HELP_GROUP.operate)
    .summary('count a requirement as satisfied')
    .description(
      'Counts a requirement as satisfied that AR24 does not show; with "operator", answers yes to the ' +
        'question that status shows. The outcome records it, with your name and the reason.',
    )
    .argument('<reference>', 'which onboarding')
    .addArgument(new Argument('<requirement>', 'that is satisfied').choices(OVERRIDABLE))
    .requiredOption('--reason <text>', 'why; kept with the outcome, so no personal data please')
    .option('--by <name>', `who decides; ${BY_DEFAULTS_TO}`)
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard override customer-42 identity --reason "seen at the counter"
  $ onboard override customer-42 operator --reason "asked by telephone: it is their account"`,
    )
    .action(override);
}

interface Options {
  readonly reason: string;
  readonly by?: string;
  readonly json?: boolean;
}

async function override(
  reference: string,
  requirement: Overridable,
  options: Options,
): Promise<void> {
  const { reason, by } = options;
  await actOn(reference, options, (all) => all.override(reference, { requirement, reason, by }));
}
