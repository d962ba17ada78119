import { Command, Option } from 'commander';
import {
  registrationWarnings,
  type RegistrationForm,
  type StartRequest,
} from '../../client/index.ts';
import { LANGUAGES, type Language } from '../../workflows/contract/index.ts';
import { withOnboardings } from '../connect.ts';
import { CommandError } from '../failure.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { readAddress } from '../input/address.ts';
import { readRegistration } from '../input/registration-file.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { createLines } from '../watch/lines.ts';
import { watchToTheEnd } from '../watch/watch.ts';
import { parseEvidence, parseRequirements } from './start-options.ts';
import { startWords, tellStart, tellWaited } from './start-result.ts';

interface Options {
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly language: Language;
  readonly registration?: string;
  readonly require?: StartRequest['require'];
  readonly termsEvidence?: StartRequest['termsEvidence'];
  readonly restart?: boolean;
  readonly bulk?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `onboard start`: begin a sender's onboarding, or tell of the one that is there. */
export function startCommand(): Command {
  return new Command('start')
    .helpGroup(HELP_GROUP.onboard)
    .summary('begin the onboarding of a sender')
    .description(
      'Begins the onboarding of a sender. May be repeated at any time: an onboarding that is open ' +
        'already and asked for the same is left to go on.',
    )
    .argument('<reference>', "the partner's own reference of the sender; never an e-mail address")
    .requiredOption('--email <address>', "the sender's address; - reads it from standard input")
    .option('--email-verified', "the partner vouches that the address is this person's")
    .addOption(
      new Option('--language <language>', 'of what the sender reads')
        .choices(LANGUAGES)
        .default('fr'),
    )
    .option('--registration <file>', "JSON file with AR24's fields of a new account; - as above")
    .addOption(
      new Option(
        '--require <what>',
        'also wanted: payment, identity, or both with a comma',
      ).argParser(parseRequirements),
    )
    .addOption(
      new Option(
        '--terms-evidence <version@time>',
        "the partner showed AR24's terms and the sender accepted them: version and moment",
      ).argParser(parseEvidence),
    )
    .option('--restart', 'begin another one after an onboarding of this reference has ended')
    .option('--bulk', 'one of many: people who sign up right now go first')
    .option('--wait', 'wait for the end, and exit with 0 only when the sender is ready')
    .option('--json', 'print JSON: what came of it, and with --wait also the last view')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard start customer-42 --email jeanne@example.org
  $ onboard start customer-43 --email - --registration form.json --require payment --wait < address.txt
  $ onboard start customer-44 --email jeanne@example.org --terms-evidence 2026-01@2026-05-04T09:30:00Z`,
    )
    .action(start);
}

async function start(reference: string, options: Options): Promise<void> {
  const output = createOutput(options);
  const registration = await formIn(options);
  const request = await requestFrom(reference, options, registration);
  const { restart, bulk } = options;
  await withOnboardings(async (onboardings) => {
    const result = await onboardings.start(request, { restart, bulk });
    for (const warning of registration ? registrationWarnings(registration) : []) {
      output.note(`warning: ${warning}`);
    }
    const goesOn = result.kind === 'started' || result.kind === 'open';
    if (options.wait !== true || !goesOn) {
      tellStart(result, output);
      return;
    }
    output.note(startWords(result));
    const display = createLines(output.note, output.note);
    const view = await watchToTheEnd(onboardings, reference, display, stopRequest());
    tellWaited(result, view, output);
  });
}

async function formIn({ email, registration }: Options): Promise<RegistrationForm | undefined> {
  if (email === '-' && registration === '-') {
    throw new CommandError('only one of --email and --registration can come from standard input');
  }
  return registration === undefined ? undefined : readRegistration(registration);
}

async function requestFrom(
  reference: string,
  { email, emailVerified, language, require, termsEvidence }: Options,
  registration: RegistrationForm | undefined,
): Promise<StartRequest> {
  const address = await readAddress(email);
  return {
    reference,
    email: address,
    emailVerified,
    language,
    require,
    termsEvidence,
    registration,
  };
}
