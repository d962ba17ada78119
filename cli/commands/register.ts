import { Command } from 'commander';
import { registrationWarnings } from '../../client/index.ts';
import { actOn } from '../act-on.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { readRegistration } from '../input/registration-file.ts';
import { createOutput } from '../output.ts';

/** `onboard register`: hand in the form of which AR24 makes an account. */
export function registerCommand(): Command {
  return new Command('register')
    .helpGroup(HELP_GROUP.onboard)
    .summary('hand in the registration form')
    .description(
      "Hands in the registration form, the first time or after AR24 refused a field. Its fields are AR24's " +
        'own of POST /user: firstname, lastname, gender, statut, address1, zipcode, city, country, ' +
        'company, company_siret, …',
    )
    .argument('<reference>', 'which onboarding')
    .requiredOption('--file <file>', 'the form, a JSON object; - reads it from standard input')
    .option('--json', 'print JSON: the status after it')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard register customer-42 --file form.json
  $ jq .form signup.json | onboard register customer-42 --file -`,
    )
    .action(register);
}

interface Options {
  readonly file: string;
  readonly json?: boolean;
}

async function register(reference: string, options: Options): Promise<void> {
  const form = await readRegistration(options.file);
  for (const warning of registrationWarnings(form))
    createOutput(options).note(`warning: ${warning}`);
  await actOn(reference, options, (all) => all.register(reference, form));
}
