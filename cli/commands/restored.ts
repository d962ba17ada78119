import { Command } from 'commander';
import { withOnboardings } from '../connect.ts';
import { createOutput } from '../output.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard restored`: records that Temporal's database was restored from a backup. */
export function restoredCommand(): Command {
  return new Command('restored')
    .helpGroup(HELP_GROUP.operate)
    .summary('Temporal was restored from a backup: order nothing paid twice, read AR24 again')
    .description(
      'Run it after Temporal was started on a restored database, before any worker. From then on workers withhold a ' +
        'paid order of an identity check that Temporal may have forgotten: the onboarding asks an operator instead. It ' +
        'does not ask if AR24 showed after the restore that the order was not due yet. All open onboardings read AR24 ' +
        'as soon as a worker runs. May be repeated. docs/runbooks/postgresql-restored.md has the other steps.',
    )
    .option('--over', 'workers withhold no order any longer: all questions are answered')
    .option(
      '--json',
      'print JSON: the time of the record, then each onboarding that reads AR24, a line each',
    )
    .addHelpText(
      'after',
      `
Example:
  $ onboard restored

\`onboard list --waiting-for operator\` then lists the questions, and \`onboard status REFERENCE\` explains each.`,
    )
    .action(restored);
}

interface Options {
  readonly over?: boolean;
  readonly json?: boolean;
}

async function restored({ over, json }: Options): Promise<void> {
  const output = createOutput({ json });
  await withOnboardings(async (onboardings) => {
    const { restores } = onboardings;
    if (over === true) {
      const forgotten = await restores.forget();
      output.result({ over: forgotten }, () =>
        forgotten ? 'Workers withhold no order any longer.' : 'No restore was recorded.',
      );
      return;
    }
    const since = await restores.record();
    output.result({ restored: since.toISOString() }, () => `Recorded at ${since.toISOString()}.`);
    let count = 0;
    for await (const reference of onboardings.checkOpen()) {
      count++;
      if (output.json) output.result({ reference, checked: true }, () => '');
    }
    output.note(`${count} open onboardings read AR24 as soon as a worker runs`);
    output.note('next: start the workers, and go on in docs/runbooks/postgresql-restored.md');
  });
}
