import { Command } from 'commander';
import { HELP_GROUP } from '../help-groups.ts';
import type { CodecCommandOptions } from '../codec/run.ts';

const AFTER = `
With an identity provider, behind a proxy that speaks TLS (the UI sends tokens to https only):
  ONBOARDING_CODEC_UI_ORIGIN=https://temporal.example.org
  ONBOARDING_CODEC_JWKS_URL=https://login.example.org/keys
  ONBOARDING_CODEC_ISSUER=https://login.example.org
  ONBOARDING_CODEC_AUDIENCE=temporal
and Temporal's UI is told, besides its own log-in (TEMPORAL_AUTH_…):
  TEMPORAL_CODEC_ENDPOINT=https://codec.example.org
  TEMPORAL_CODEC_PASS_ACCESS_TOKEN=true

Without one, on the machine of somebody who has the keys:
  onboard codec --local
and what it prints goes behind \`temporal workflow show --codec-endpoint\`, or into the settings of the
UI (the glasses at its top). \`npm start\` has one of its own.`;

/** `onboard codec`: decodes for Temporal's UI and CLI. */
export function codecCommand(): Command {
  return new Command('codec')
    .summary("decode what is encrypted, for Temporal's UI and CLI")
    .description(
      "Serves Temporal's UI and CLI as codec server, so that operators read plain text while " +
        'Temporal holds none. Whoever calls needs the token that the UI has from its log-in, made out ' +
        'for it by your identity provider; pages other than the UI are refused. Needs the keys ' +
        '(ONBOARDING_ENCRYPTION_KEYS) and ONBOARDING_CODEC_*. Logs, which hold nothing of what is ' +
        'decoded, go to standard error.',
    )
    .helpGroup(HELP_GROUP.run)
    .option('--local', 'on this machine only, for who knows a path that is new at each start')
    .option('--json', 'print JSON')
    .addHelpText('after', AFTER)
    .action(async (options: CodecCommandOptions) => {
      const { runCodec } = await import('../codec/run.ts');
      await runCodec(options);
    });
}
