import { Command } from 'commander';
import { registrationWarnings } from '../../client/index.ts';
import { actOn } from '../act-on.ts';
import { readRegistration } from '../input/registration-file.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP, noteWarnings, warningsAsJson } from './shared.ts';

/** `onboard register`: submits the form from which AR24 creates an account. */
export function registerCommand(): Command {
  return new Command('register')
    .helpGroup(HELP_GROUP.onboard)
    .summary('submit the registration form')
    .description(
      "Submits the registration form, the first time or after AR24 refused a field. Its fields are AR24's " +
        'own of POST /user: firstname, lastname, gender, statut, address1, zipcode, city, country, ' +
        'company, company_siret, …',
    )
    .argument('<reference>', 'which onboarding')
    .requiredOption('--file <file>', 'the form, a JSON object; - reads it from standard input')
    .option('--json', 'print JSON: the status after it, with the warnings about the form')
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
  const warnings = registrationWarnings(form);
  const noted = warnings.map((one) => ({ ...one, path: `registration.${one.path}` }));
  noteWarnings(noted, createOutput(options));
  await actOn(reference, options, (all) => all.register(reference, form), {
    json: () => ({ warnings: warningsAsJson(warnings) }),
  });
}
