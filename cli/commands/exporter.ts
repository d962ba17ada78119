import { Command } from 'commander';
import { HELP_GROUP } from './shared.ts';

/** `onboard exporter`: counts of all onboardings, for Prometheus. */
export function exporterCommand(): Command {
  return new Command('exporter')
    .summary('serve counts of all onboardings to Prometheus')
    .description(
      'Counts the open onboardings in Temporal by status, age, problem and key, one count a second and all of them ' +
        'each minute, and serves the counts at ONBOARDING_EXPORTER_ADDRESS. One is enough; more do no harm. It needs TEMPORAL_*, ' +
        'and no key: it reads nobody. Logs go to standard error. docs/metrics.md lists the metrics.',
    )
    .helpGroup(HELP_GROUP.run)
    .option('--json', 'print JSON')
    .action(async (options: { readonly json?: boolean }) => {
      const { runExporter } = await import('../exporter/run.ts');
      await runExporter(options);
    });
}
