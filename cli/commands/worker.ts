import { Command } from 'commander';
import { HELP_GROUP } from './shared.ts';

/** `onboard worker`: runs a worker. */
export function workerCommand(): Command {
  return new Command('worker')
    .summary('run the onboardings')
    .description(
      'Runs the onboardings: fetches tasks from Temporal (TEMPORAL_*) and calls AR24 (AR24_*). ' +
        'Any number of workers may run. It waits while Temporal is away; after SIGTERM, ' +
        'calls in flight may end. Logs go to standard error, a JSON object a line. ' +
        '`onboard help environment` lists all settings.',
    )
    .helpGroup(HELP_GROUP.run)
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const { runWorker } = await import('../worker/run.ts');
      await runWorker(options);
    });
}
