import { Command } from 'commander';
import { returnUrl } from '../../client/schemas/return-url.ts';
import { createLinks, parseLinkKeys, type Links } from '../../gateway/links/links.ts';
import { withOnboardings, temporalPlace } from '../connect.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { whole } from '../environment/value-schemas.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { readPrefill } from '../input/registration-file.ts';
import { readLinkKey } from '../state-folder/gateway-secrets.ts';
import { readRunning } from '../state-folder/running.ts';
import { HELP_GROUP, readAs } from './shared.ts';

interface Options {
  readonly days?: number;
  readonly returnUrl?: string;
  readonly refreshUrl?: string;
  readonly prefill?: string;
  readonly revoke?: boolean;
  readonly json?: boolean;
}

const MOST_DAYS = 366;

/** `onboard link`: makes a link to the sender's page. */
export function linkCommand(): Command {
  return new Command('link')
    .helpGroup(HELP_GROUP.onboard)
    .summary("make a link to the sender's page")
    .description(
      'Makes a link to the page where the sender sees what to do, and fills in the form. Anybody with the ' +
        'link can act as the sender: give it to them only. Needs a worker; and ONBOARDING_LINK_KEYS and ' +
        'ONBOARDING_PUBLIC_URL as the gateway has them, unless `npm start` runs here.',
    )
    .argument('<reference>', 'which onboarding')
    .option(
      '--days <days>',
      'how many days it is valid [ONBOARDING_LINK_DAYS, 30]',
      readAs(whole(1, MOST_DAYS)),
    )
    .option(
      '--return-url <url>',
      'where the page leads back to at the end [as at the start]',
      readAs(returnUrl),
    )
    .option(
      '--refresh-url <url>',
      'where the link leads once it has expired [as at the start]',
      readAs(returnUrl),
    )
    .option(
      '--prefill <file>',
      'JSON file with the part of the form that you know; - reads it from standard input',
    )
    .option('--revoke', 'revoke all earlier links, and make no new one')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard link customer-42
  $ onboard link customer-42 --days 2
  $ onboard link customer-42 --prefill known.json
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
      () => 'All earlier links are revoked.',
    );
    return;
  }
  const links = await linksHere();
  const prefill = options.prefill === undefined ? undefined : await readPrefill(options.prefill);
  const view = await withOnboardings(async (onboardings) => {
    if (prefill !== undefined) await onboardings.setPrefill(reference, prefill);
    return onboardings.view(reference);
  });
  if (view.partial && view.outcome !== null) {
    throw new CommandError(
      `it has ended (${view.outcome.kind}): it has no page, or no worker answers for it`,
      EXIT.refused,
    );
  }
  if (view.partial) {
    throw new CommandError(
      'no worker answers: a link is bound to data that only a worker can read',
      EXIT.unavailable,
    );
  }
  const { days, returnUrl: atTheEnd, refreshUrl } = options;
  for (const url of [atTheEnd, refreshUrl]) {
    if (url === undefined || links.mayLeadTo(url)) continue;
    throw new CommandError(
      'the host of --return-url or --refresh-url is not in ONBOARDING_RETURN_HOSTS',
    );
  }
  const made = await links.make(view, {
    validForDays: days,
    returnUrl: atTheEnd,
    refreshUrl,
  });
  output.result({ reference, ...made }, () => made.url);
}

const {
  ONBOARDING_LINK_KEYS,
  ONBOARDING_PUBLIC_URL,
  ONBOARDING_LINK_DAYS,
  ONBOARDING_RETURN_HOSTS,
} = GATEWAY_VARIABLES;
const VARIABLES = {
  ONBOARDING_LINK_KEYS: { ...ONBOARDING_LINK_KEYS, required: false },
  ONBOARDING_PUBLIC_URL,
  ONBOARDING_LINK_DAYS,
  ONBOARDING_RETURN_HOSTS,
} as const;

/**
 * Makes links as the gateway does, with its keys and its address.
 *
 * @throws EnvironmentError where neither the environment nor a running `onboard up` has them
 */
async function linksHere(): Promise<Links> {
  const values = readEnvironment(VARIABLES);
  const ours = (await temporalPlace()).whose === 'ours' ? await readRunning() : undefined;
  const stored = ours === undefined ? undefined : await readLinkKey();
  const keys = values.ONBOARDING_LINK_KEYS ?? (stored && parseLinkKeys(stored));
  const publicUrl = values.ONBOARDING_PUBLIC_URL ?? ours?.gatewayUrl ?? undefined;
  if (keys === undefined || keys === '') throw missing('ONBOARDING_LINK_KEYS');
  if (publicUrl === undefined) throw missing('ONBOARDING_PUBLIC_URL');
  return createLinks({
    keys,
    publicUrl,
    days: values.ONBOARDING_LINK_DAYS,
    returnHosts: values.ONBOARDING_RETURN_HOSTS ?? [],
  });
}

function missing(name: keyof typeof VARIABLES): EnvironmentError {
  return new EnvironmentError([{ name, message: `is not set: ${VARIABLES[name].meaning}` }]);
}
