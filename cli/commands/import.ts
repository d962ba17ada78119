import { Command, InvalidArgumentError, Option } from 'commander';
import { whole } from '../environment/value-schemas.ts';
import { ENCODINGS } from '../import/encoding.ts';
import { importFile, type ImportOptions } from '../import/import-file.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP, readAs } from './shared.ts';

/** As many as calls to AR24 by default: more would only wait in a queue. */
const PER_SECOND = 10;
const MOST_PER_SECOND = 1_000;
/** As many as a file may have rows. */
const MOST_PER_ADDRESS = 200_000;

/** `onboard import`: starts the onboardings of thousands of existing customers. */
export function importCommand(): Command {
  return new Command('import')
    .helpGroup(HELP_GROUP.onboard)
    .summary('start the onboardings of many, from a CSV file')
    .description(
      'Starts the onboardings of many senders, from a CSV file with a header line. All rows are ' +
        'checked first, and nothing is started while one is invalid. People who sign up at the same time ' +
        'have priority. May be repeated at any time: a row that was started is not started again.',
    )
    .argument('<file>', 'CSV, best in UTF-8, with ; , or tabs; - reads standard input')
    .addOption(
      new Option('--encoding <name>', "the file's encoding; default: detected").choices(
        Object.keys(ENCODINGS),
      ),
    )
    .option(
      '--as-prefill',
      'take forms as prefills, of which any field may be empty: people complete them on the page',
    )
    .option('--dry-run', 'only check the rows')
    .option('--skip-invalid', 'skip invalid rows, and start the others')
    .option('--per-second <n>', 'most starts a second', perSecond, PER_SECOND)
    .option(
      '--per-address <n>',
      'most rows of one address, which AR24 mails for each [ONBOARDING_MAILS_PER_ADDRESS_AND_DAY, 5]',
      readAs(whole(1, MOST_PER_ADDRESS)),
    )
    .option(
      '--report <file>',
      'CSV with the result of each row (default: beside the file, such as ' +
        'customers.report.csv; none for standard input or --dry-run)',
    )
    .option('--json', 'print a JSON value a line: {"row": …} for each, then {"summary": …}')
    .addHelpText(
      'after',
      `
Columns, in any order; only the first two are required:
  reference        your own, never an address; once in the file
  email            the sender's address; AR24 mails it once for each row that has it
  email_verified   yes or no: you vouch that the address is this person's
  language         fr or en
  require          also wanted: payment, identity, or both with a blank between
  firstname, lastname, gender, statut, address1, address2, zipcode, city, country, company,
  company_siret, company_tva, is_legal_entity, notif_billing, billing_email
                   the form of a new account, if any of them is filled in; AR24's own fields.
                   With --as-prefill: the part of it that you know

An example:
  reference;email;language;firstname;lastname;gender;statut;address1;zipcode;city;country
  customer-1;jeanne@example.org;fr;;;;;;;;
  customer-2;paul@example.org;fr;Paul;Martin;M;particulier;1 rue de la Paix;01000;Bourg;FR

  $ onboard import customers.csv --dry-run
  $ onboard import customers.csv --skip-invalid --per-second 5
  $ onboard import customers.csv --as-prefill`,
    )
    .action(run);
}

async function run(
  file: string,
  { json, ...options }: ImportOptions & { readonly json?: boolean },
): Promise<void> {
  await importFile(file, options, createOutput({ json }));
}

function perSecond(written: string): number {
  if (/^[1-9]\d{0,3}$/.test(written) && Number(written) <= MOST_PER_SECOND) return Number(written);
  throw new InvalidArgumentError(`A whole number from 1 to ${MOST_PER_SECOND} is expected.`);
}
