import { Command, InvalidArgumentError, Option } from 'commander';
import type { ProbeCommandOptions } from '../probe/run.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard probe`: finds out how AR24 behaves. */
export function probeCommand(): Command {
  return new Command('probe')
    .helpGroup(HELP_GROUP.run)
    .summary('find out how the real AR24 behaves, on its sandbox')
    .description(
      'Calls AR24 (AR24_BASE_URL, AR24_TOKEN, AR24_PRIVATE_KEY) to find out what its documentation leaves open, in ' +
        'steps. Each step announces before it runs which accounts it creates, what AR24 mails because of it, and what ' +
        'costs money; a call that was not announced is not sent. The result is a report, as JSON and Markdown, without ' +
        'secrets and with masked addresses; the settings that follow from it; and what contradicts docs/ar24-api.md. ' +
        'docs/first-day.md leads through the whole.',
    )
    .option('--plan', 'print what each step does, and call nothing')
    .option('--read-only', 'only the steps that create and mail nothing')
    .addOption(
      new Option(
        '--step <name>',
        'only this step; may be repeated; the paid step runs only like this',
      )
        .argParser((given: string, before: readonly string[]) => [...before, given])
        .default([], 'all but the paid one'),
    )
    .option(
      '--addresses <file>',
      'JSON file with addresses of your own for test accounts, by role (docs/first-day.md)',
    )
    .option('--report <file>', 'the report; it is kept up to date', 'ar24-report.json')
    .option(
      '--continue',
      'go on with the report of an earlier run: run the steps that are not done',
    )
    .addOption(
      new Option(
        '--listen <[host:]port>',
        'listen for webhooks of AR24 meanwhile; host 127.0.0.1 if there is none',
      ).argParser(hostAndPort),
    )
    .option('--yes', 'confirm all steps; on a terminal you still count mails and click in them')
    .addOption(
      new Option(
        '--host-is <what>',
        'what AR24_BASE_URL leads to, if it is neither a sandbox of AR24’s nor this machine',
      ).choices(['sandbox', 'simulator']),
    )
    .option(
      '--production',
      'allow AR24’s production, and any host that leads to it: accounts there are real',
    )
    .option('--schema', 'print the JSON schema of a report, and call nothing')
    .option('--json', 'print the report as JSON')
    .addHelpText(
      'after',
      `
Begin with --plan, which shows everything, then --read-only, which changes nothing. A run that was interrupted has
stored each call before it was sent: the report lists what was created, and --continue goes on. Exits with 7 if a step
failed. With the report, \`onboard simulator --like FILE\` behaves as this AR24 does.

Examples:
  $ onboard probe --plan
  $ onboard probe --read-only
  $ onboard probe --continue --addresses addresses.json
  $ onboard probe --continue --addresses addresses.json --step terms-accepted --listen 8099`,
    )
    .action(async (options: ProbeCommandOptions) => {
      const { runProbe } = await import('../probe/run.ts');
      await runProbe(options);
    });
}

function hostAndPort(written: string): ProbeCommandOptions['listen'] {
  const [, host = '127.0.0.1', port = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(written) ?? [];
  const number = Number(port);
  if (port === '' || number > 65_535)
    throw new InvalidArgumentError('PORT or HOST:PORT is expected.');
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: number };
}
