import { Command, Option } from 'commander';
import { SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { httpAddress, words } from '../environment/value-schemas.ts';
import type { SimulatorCommandOptions } from '../simulator/options.ts';
import { HELP_GROUP, readAs } from './shared.ts';

/** `onboard simulator`: runs a simulated AR24. */
export function simulatorCommand(): Command {
  const { SIMULATOR_PORT, SIMULATOR_HOST, SIMULATOR_TOKEN, SIMULATOR_PRIVATE_KEY } =
    SIMULATOR_VARIABLES;
  return new Command('simulator')
    .summary('run a simulated AR24, for tests and demonstrations')
    .description(
      'Runs a simulated AR24: its API, a mailbox page with the mails that it sends, a ledger of ' +
        'every effect, and faults on request. simulator/README.md lists all switches and faults.',
    )
    .helpGroup(HELP_GROUP.run)
    .addOption(
      new Option('--port <port>', 'port; 0: any free one [SIMULATOR_PORT, 8424]').argParser(
        readAs(SIMULATOR_PORT.schema),
      ),
    )
    .addOption(
      new Option('--host <host>', 'address to listen on [SIMULATOR_HOST, 127.0.0.1]').argParser(
        readAs(SIMULATOR_HOST.schema),
      ),
    )
    .addOption(
      new Option('--token <token>', 'token it accepts [SIMULATOR_TOKEN, demo-token]').argParser(
        readAs(SIMULATOR_TOKEN.schema),
      ),
    )
    .addOption(
      new Option(
        '--private-key <key>',
        'key that signs calls to it [SIMULATOR_PRIVATE_KEY, demo-private-key]',
      ).argParser(readAs(SIMULATOR_PRIVATE_KEY.schema)),
    )
    .addOption(
      new Option(
        '--state-file <file>',
        'file for its state [SIMULATOR_STATE_FILE, in memory]',
      ).argParser(readAs(words)),
    )
    .addOption(
      new Option('--public-url <url>', 'where people reach it, for links in mails').argParser(
        readAs(httpAddress),
      ),
    )
    .addOption(new Option('--seed <number>', 'makes faults repeatable').argParser(Number))
    .addOption(
      new Option('--switch <name=value>', 'how AR24 behaves; may be repeated')
        .argParser(oneMore)
        .default([], 'none'),
    )
    .addOption(
      new Option('--fault <name[=json]>', 'how it misbehaves; may be repeated')
        .argParser(oneMore)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--like <file>',
        'behave as the AR24 in this report of onboard probe; --switch overrides it',
      ).argParser(readAs(words)),
    )
    .option('--json', 'print JSON')
    .action(async (options: SimulatorCommandOptions) => {
      const { runSimulator } = await import('../simulator/run.ts');
      await runSimulator(options);
    });
}

function oneMore(given: string, before: readonly string[]): readonly string[] {
  return [...before, given];
}
