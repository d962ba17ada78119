import { Argument, Command } from 'commander';
import { OVERRIDABLE, type Overridable } from '../../workflows/contract/index.ts';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { BY_DEFAULTS_TO } from './by.ts';

/** `onboard override`: an operator's word settles what AR24 does not show. */
export function overrideCommand(): Command {
  return new Command('override')
    .helpGroup(HELP_GROUP.operate)
    .summary('settle a requirement on your word')
    .description(
      'Settles a requirement that AR24 does not show, on your word; with "operator", answers yes to the ' +
        'question that status shows. The outcome names it, with you and the reason.',
    )
    .argument('<reference>', 'which onboarding')
    .addArgument(new Argument('<requirement>', 'what is settled').choices(OVERRIDABLE))
    .requiredOption('--reason <text>', 'why; kept with the outcome, so no personal data please')
    .option('--by <name>', `on whose word; ${BY_DEFAULTS_TO}`)
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
