import { Command } from 'commander';
import { HELP_GROUP } from './shared.ts';

/** `onboard gateway`: the system's HTTP server. */
export function gatewayCommand(): Command {
  return new Command('gateway')
    .summary("serve HTTP: API, sign-up events, AR24's webhooks, the sender's page")
    .description(
      "Serves the partner's API (/openapi.json, /docs), accepts sign-up events and AR24's webhooks, and " +
        'serves the page of each sender. Stores nothing itself: any number may run before one Temporal. ' +
        'Needs ONBOARDING_API_KEYS (`onboard key create`), ONBOARDING_LINK_KEYS (`onboard key link`), ' +
        'ONBOARDING_HASH_KEY and TEMPORAL_ADDRESS. `GET /live` and `GET /ready` are for an ' +
        'orchestrator. Logs go to standard error, a JSON object a line. ' +
        '`onboard help environment` lists all settings.',
    )
    .helpGroup(HELP_GROUP.run)
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const { runGateway } = await import('../gateway/run.ts');
      await runGateway(options);
    });
}
