import { Command, Option } from 'commander';
import { port } from '../environment/value-schemas.ts';
import type { UpCommandOptions } from '../up/options.ts';
import { HELP_GROUP, readAs } from './shared.ts';

/** `onboard up`, which is `npm start`: runs everything on one machine. */
export function upCommand(): Command {
  const portOption = (flags: string, whose: string, byDefault: string): Option =>
    new Option(flags, `port of ${whose}; 0: any free one [${byDefault}]`).argParser(readAs(port));
  return new Command('up')
    .summary('run everything on one machine: Temporal, a simulated AR24, worker and gateway')
    .description(
      "Starts Temporal's development server with its UI, an AR24 simulator with its mailbox, the " +
        'worker and the gateway, and prints what to type and where to click. All state is kept in ' +
        'ONBOARDING_STATE_DIR (.onboarding), so that the next start goes on from there. ' +
        'Where TEMPORAL_ADDRESS is set, that Temporal is used and none started; where ' +
        'AR24_BASE_URL is set, that AR24 is used and no simulator started.',
    )
    .helpGroup(HELP_GROUP.run)
    .addOption(portOption('--temporal-port <port>', 'Temporal', '7233'))
    .addOption(portOption('--ui-port <port>', "Temporal's UI", '8233'))
    .addOption(portOption('--simulator-port <port>', 'the simulator', 'SIMULATOR_PORT, 8424'))
    .addOption(portOption('--gateway-port <port>', 'the gateway', 'ONBOARDING_GATEWAY_PORT, 8080'))
    .addOption(portOption('--codec-port <port>', 'the codec server', 'ONBOARDING_CODEC_PORT, 8234'))
    .option('--reset', 'delete all onboardings and simulated accounts first')
    .option('--json', 'print JSON: all addresses, once it is ready')
    .action(async (options: UpCommandOptions) => {
      const { runUp } = await import('../up/run.ts');
      await runUp(options);
    });
}
