import { Command } from 'commander';
import { actOn } from '../act-on.ts';
import { readAddress } from '../input/read-input.ts';
import { ADDRESS_ASKED, HELP_GROUP } from './shared.ts';

/** `onboard correct-address`: corrects the address, as long as AR24 has no account for it. */
export function correctAddressCommand(): Command {
  return new Command('correct-address')
    .helpGroup(HELP_GROUP.onboard)
    .summary('correct the e-mail address')
    .description(
      'Corrects the e-mail address, as long as there is no account for it at AR24: afterwards its ' +
        'holder changes it there.',
    )
    .argument('<reference>', 'which onboarding')
    .requiredOption('--email <address>', `the right address; ${ADDRESS_ASKED}`)
    .option('--email-verified', "the partner vouches that the address is this person's")
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Example:
  $ onboard correct-address customer-42 --email jeanne@example.org`,
    )
    .action(correctAddress);
}

interface Options {
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly json?: boolean;
}

async function correctAddress(reference: string, options: Options): Promise<void> {
  const email = await readAddress(options.email);
  const { emailVerified } = options;
  await actOn(reference, options, (all) => all.correctAddress(reference, { email, emailVerified }));
}
