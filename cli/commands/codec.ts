import { Command } from 'commander';
import type { CodecCommandOptions } from '../codec/run.ts';
import { HELP_GROUP } from './shared.ts';

const AFTER = `
With an identity provider, behind a proxy that speaks TLS (the UI sends tokens to https only):
  ONBOARDING_CODEC_UI_ORIGIN=https://temporal.example.org
  ONBOARDING_CODEC_JWKS_URL=https://login.example.org/keys
  ONBOARDING_CODEC_ISSUER=https://login.example.org
  ONBOARDING_CODEC_AUDIENCE=temporal
and for Temporal's UI, besides its own log-in (TEMPORAL_AUTH_…):
  TEMPORAL_CODEC_ENDPOINT=https://codec.example.org
  TEMPORAL_CODEC_PASS_ACCESS_TOKEN=true

Without one, on the machine of a person who has the keys:
  onboard codec --local
Give the address that it prints to \`temporal workflow show --codec-endpoint\`, or enter it in the settings
of the UI (the glasses at its top). \`npm start\` has a codec server of its own.`;

/** `onboard codec`: decodes payloads for Temporal's UI and CLI. */
export function codecCommand(): Command {
  return new Command('codec')
    .summary("decode encrypted data for Temporal's UI and CLI")
    .description(
      "Serves Temporal's UI and CLI as codec server, so that operators read plain text while " +
        'Temporal stores none. A caller needs a token of your identity provider for this audience, which ' +
        'the UI gets at log-in; requests of other pages are refused. Needs the keys ' +
        '(ONBOARDING_ENCRYPTION_KEYS) and ONBOARDING_CODEC_*. Logs go to standard error, and hold no ' +
        'decoded data.',
    )
    .helpGroup(HELP_GROUP.run)
    .option(
      '--local',
      'on this machine only, without log-in: its path is a secret, new at each start',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', AFTER)
    .action(async (options: CodecCommandOptions) => {
      const { runCodec } = await import('../codec/run.ts');
      await runCodec(options);
    });
}
