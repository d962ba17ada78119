import { Command } from 'commander';
import { whole } from '../environment/value-schemas.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { readAs } from '../option-value.ts';
import { createOutput } from '../output.ts';

interface Options {
  readonly days?: number;
  readonly revoke?: boolean;
  readonly json?: boolean;
}

const MOST_DAYS = 366;

/** `onboard link`: a link to the sender's page, for him alone. */
export function linkCommand(): Command {
  return new Command('link')
    .helpGroup(HELP_GROUP.onboard)
    .summary("make a link to the sender's page")
    .description(
      'Makes a link to the page where the sender sees what to do, and fills in the form. Whoever has it ' +
        'can act as the sender: hand it to him only. Needs a worker; and ONBOARDING_LINK_KEYS and ' +
        'ONBOARDING_PUBLIC_URL as the gateway has them, unless `npm start` runs here.',
    )
    .argument('<reference>', 'which onboarding')
    .option(
      '--days <days>',
      'how long it is good for [ONBOARDING_LINK_DAYS, 30]',
      readAs(whole(1, MOST_DAYS)),
    )
    .option('--revoke', 'make every link void that was made before, and no new one')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard link customer-42
  $ onboard link customer-42 --days 2
  $ onboard link customer-42 --revoke`,
    )
    .action(link);
}

async function link(reference: string, options: Options): Promise<void> {
  const output = createOutput(options);
  if (options.revoke === true) {
    const view = await withOnboardings((onboardings) => onboardings.revokeLinks(reference));
    output.result(
      { reference, linksValidFrom: view.linksValidFrom },
      () => 'Links made before are void.',
    );
    return;
  }
  // Only this command needs what makes them.
  const { linksHere } = await import('../links-here.ts');
  const links = await linksHere();
  const view = await withOnboardings((onboardings) => onboardings.view(reference));
  if (view.partial && view.outcome !== null) {
    throw new CommandError(
      `it has ended (${view.outcome.kind}): there is no page for it, or no worker that tells of it`,
      EXIT.refused,
    );
  }
  if (view.partial) {
    throw new CommandError(
      'no worker answers, and only one tells what a link is bound to',
      EXIT.unavailable,
    );
  }
  const { startedAt } = view;
  const made = await links.make({ reference, startedAt }, options.days);
  output.result({ reference, ...made }, () => made.url);
}
