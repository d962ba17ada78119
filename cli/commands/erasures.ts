import { Command, InvalidArgumentError } from 'commander';
import { listErasures, type ErasureEntry } from '../../client/erasures.ts';
import { temporalPlace, withTemporal } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { createOutput, exitWithTheReader } from '../output.ts';
import { HELP_GROUP } from './shared.ts';

/** `onboard erasures`: lists who was erased, to be kept outside of Temporal's backups. */
export function erasuresCommand(): Command {
  return new Command('erasures')
    .helpGroup(HELP_GROUP.see)
    .summary('list erasures')
    .description(
      'Lists the erasures whose receipts Temporal still has, newest first. A restored backup has none of those that ' +
        'were requested since: keep this list elsewhere, and repeat them from it. It holds references and times only, ' +
        'and needs TEMPORAL_* and no key.',
    )
    .option('--since <time>', 'requested from then on: 2027-01-31, or 2027-01-31T18:00:00Z', time)
    .option('--json', 'print JSON, an erasure a line')
    .addHelpText(
      'after',
      `
Example:
  $ onboard erasures --since 2027-01-31 --json`,
    )
    .action(list);
}

interface Options {
  readonly since?: Date;
  readonly json?: boolean;
}

async function list({ since, json }: Options): Promise<void> {
  exitWithTheReader(EXIT.done);
  const output = createOutput({ json });
  // No payload is read, so that no key is needed.
  await withTemporal(await temporalPlace(), 'plaintext', async (temporal) => {
    let count = 0;
    for await (const one of listErasures(temporal, since ?? new Date(0))) {
      count++;
      output.result(one, () => lineOf(one));
    }
    if (count === 0) output.note('no erasures');
  });
}

function lineOf({ reference, requestedAt, erasedAt, state }: ErasureEntry): string {
  const end = erasedAt === null ? state : `erased ${erasedAt}`;
  return `${reference}  requested ${requestedAt}  ${end}`;
}

function time(written: string): Date {
  const at = new Date(written);
  if (!Number.isNaN(at.getTime())) return at;
  throw new InvalidArgumentError('A date is expected, such as 2027-01-31 or 2027-01-31T18:00:00Z.');
}
