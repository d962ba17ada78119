import { Command, Option, InvalidArgumentError } from 'commander';
import {
  startWarnings,
  type RegistrationForm,
  type StartRequest,
  type SenderView,
  type StartResult,
} from '../../client/index.ts';
import {
  LANGUAGES,
  type Language,
  OPTIONAL_REQUIREMENTS,
  type OptionalRequirement,
} from '../../workflows/contract/index.ts';
import { returnUrl } from '../../client/schemas/return-url.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { readAddress } from '../input/read-input.ts';
import { readPrefill, readRegistration } from '../input/registration-file.ts';
import { createOutput, type Output } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { inShort } from '../text/headline.ts';
import { outcomeWords } from '../text/outcome.ts';
import { createLines } from '../watch/lines.ts';
import { watchToTheEnd, expectReady } from '../watch/watch.ts';
import {
  ADDRESS_ASKED,
  HELP_GROUP,
  notePause,
  noteWarnings,
  readAs,
  warningsAsJson,
} from './shared.ts';

interface Options {
  readonly email: string;
  readonly emailVerified?: boolean;
  readonly language: Language;
  readonly registration?: string;
  readonly prefill?: string;
  readonly require?: StartRequest['require'];
  readonly termsEvidence?: StartRequest['termsEvidence'];
  readonly returnUrl?: string;
  readonly refreshUrl?: string;
  readonly restart?: boolean;
  readonly bulk?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `onboard start`: starts an onboarding, or reports the one that exists. */
export function startCommand(): Command {
  return new Command('start')
    .helpGroup(HELP_GROUP.onboard)
    .summary('start the onboarding of a sender')
    .description(
      'Starts the onboarding of a sender. May be repeated at any time: an open onboarding of the same ' +
        'request just goes on.',
    )
    .argument('<reference>', "the partner's own reference of the sender; never an e-mail address")
    .requiredOption('--email <address>', `the sender's address; ${ADDRESS_ASKED}`)
    .option('--email-verified', "the partner vouches that the address is this person's")
    .addOption(
      new Option('--language <language>', "of the sender's page and mails")
        .choices(LANGUAGES)
        .default('fr'),
    )
    .option('--registration <file>', "JSON file with AR24's fields of a new account; - as above")
    .option(
      '--prefill <file>',
      'JSON file with some of these fields, for the person to complete; - as above',
    )
    .addOption(
      new Option(
        '--require <what>',
        'also wanted: payment, identity, or both with a comma',
      ).argParser(parseRequirements),
    )
    .addOption(
      new Option(
        '--terms-evidence <version@time>',
        "the partner showed AR24's terms and the sender accepted them: version and time",
      ).argParser(parseEvidence),
    )
    .option(
      '--return-url <url>',
      "where the sender's page leads back to at the end",
      readAs(returnUrl),
    )
    .option('--refresh-url <url>', 'where a link leads once it has expired', readAs(returnUrl))
    .option('--restart', 'start another one after an onboarding of this reference has ended')
    .option('--bulk', 'one of many: people who sign up at the same time have priority')
    .option('--wait', 'wait for the end, and exit with 0 only when the sender is ready')
    .option('--json', 'print JSON: the result with warnings, and with --wait also the last view')
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
  const registration = await registrationFrom(options);
  const request = await requestFrom(reference, options, registration);
  const warnings = startWarnings({ reference, registration });
  const { restart, bulk } = options;
  await withOnboardings(async (onboardings) => {
    const result = await onboardings.start(request, {
      restart,
      bulk,
      door: 'command',
    });
    noteWarnings(warnings, output);
    await notePause(onboardings, output);
    const json = { ...result, warnings: warningsAsJson(warnings) };
    const goesOn = result.kind === 'started' || result.kind === 'open';
    if (options.wait !== true || !goesOn) {
      reportStart(result, json, output);
      return;
    }
    output.note(startWords(result));
    const display = createLines(output.note, output.note);
    const view = await watchToTheEnd(onboardings, reference, display, stopRequest());
    reportEnd(reference, view, { ...json, view: view ?? null }, output);
  });
}

async function registrationFrom({
  email,
  registration,
  prefill,
}: Options): Promise<RegistrationForm | undefined> {
  if ([email, registration, prefill].filter((one) => one === '-').length > 1) {
    throw new CommandError(
      'only one of --email, --registration and --prefill can come from standard input',
    );
  }
  return registration === undefined ? undefined : readRegistration(registration);
}

async function requestFrom(
  reference: string,
  options: Options,
  registration: RegistrationForm | undefined,
): Promise<StartRequest> {
  const { emailVerified, language, require, termsEvidence } = options;
  const { returnUrl: atTheEnd, refreshUrl, prefill } = options;
  return {
    reference,
    email: await readAddress(options.email),
    emailVerified,
    language,
    require,
    termsEvidence,
    registration,
    returnUrl: atTheEnd,
    refreshUrl,
    prefill: prefill === undefined ? undefined : await readPrefill(prefill),
  };
}

/** @throws InvalidArgumentError, which commander prints */
function parseRequirements(written: string): readonly OptionalRequirement[] {
  return written.split(',').map((one) => {
    const found = OPTIONAL_REQUIREMENTS.find((requirement) => requirement === one.trim());
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`Known are ${OPTIONAL_REQUIREMENTS.join(', ')}.`);
  });
}

/** The time follows the last @. The client validates it. */
function parseEvidence(written: string): StartRequest['termsEvidence'] {
  const at = written.lastIndexOf('@');
  if (at < 0) {
    throw new InvalidArgumentError(
      'VERSION@TIME is expected, such as 2026-01@2026-05-04T09:30:00Z.',
    );
  }
  return { version: written.slice(0, at), acceptedAt: written.slice(at + 1) };
}

/** @throws CommandError where the existing onboarding differs from the request, or did not end as ready */
function reportStart(result: StartResult, json: object, output: Output): void {
  const fine =
    result.kind === 'started' ||
    result.kind === 'open' ||
    (result.kind === 'ended' && result.ending.kind === 'ready');
  if (fine || output.json) output.result(json, () => startWords(result));
  if (!fine) throw new CommandError(startWords(result), EXIT.refused);
}

/**
 * After `--wait`. The JSON is printed for every outcome.
 *
 * @param view the last one; undefined where there was none yet
 * @throws CommandError unless the sender is ready
 */
function reportEnd(
  reference: string,
  view: SenderView | undefined,
  json: object,
  output: Output,
): void {
  if (output.json || view?.outcome?.kind === 'ready') {
    output.result(json, () => (view === undefined ? '' : inShort(view, Date.now())));
  }
  expectReady(reference, view);
}

function startWords(result: StartResult): string {
  const { reference } = result;
  switch (result.kind) {
    case 'started':
      return `${reference}: started; see it with: onboard watch ${reference}`;
    case 'open':
      return `${reference}: open already, with the same request; it goes on`;
    case 'open-differs':
      return (
        `${reference}: open already, with another request, which was not changed: ` +
        'use register or correct-address, or cancel it and start again'
      );
    case 'ended': {
      const ended = `${reference}: has ended already: ${outcomeWords(result.ending)}`;
      return result.ending.kind === 'ready' ? ended : `${ended}; --restart starts another one`;
    }
  }
}
