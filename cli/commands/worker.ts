import { Command } from 'commander';
import { HELP_GROUP } from '../help-groups.ts';

/** `onboard worker`: runs the onboardings of the Temporal that the environment names. */
export function workerCommand(): Command {
  return new Command('worker')
    .summary('run the onboardings')
    .description(
      'Runs the onboardings: takes work from Temporal (TEMPORAL_*) and calls AR24 (AR24_*). ' +
        'Any number of workers may run. It waits for Temporal where that is away; SIGTERM lets ' +
        'calls in flight end. Logs go to standard error, a JSON object a line. ' +
        '`onboard help environment` tells all settings.',
    )
    .helpGroup(HELP_GROUP.run)
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const { runWorker } = await import('../worker/run.ts');
      await runWorker(options);
    });
}
