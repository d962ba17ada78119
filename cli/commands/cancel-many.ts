import { Command, InvalidArgumentError } from 'commander';
import { ENDED } from '../../client/visibility-query.ts';
import {
  STATUSES,
  type ProblemKind,
  type Requirement,
  type Status,
} from '../../workflows/contract/index.ts';
import { cancelMany, type CancelMany } from '../cancel-many.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { createOutput } from '../output.ts';
import { BY_DEFAULTS_TO, HELP_GROUP, withFilters } from './shared.ts';

const OPEN_STATUSES = STATUSES.filter((status) => status !== 'failed' && !ENDED.includes(status));
const DAY_MS = 86_400_000;
/** As many as an import starts by default. */
const PER_SECOND = 10;

interface Options {
  readonly file?: string;
  readonly status?: Status;
  readonly waitingFor?: Requirement;
  readonly problem?: ProblemKind;
  readonly unchangedDays?: number;
  readonly reason: string;
  readonly by?: string;
  readonly yes?: number;
  readonly perSecond: number;
  readonly report?: string;
  readonly json?: boolean;
}

/** `onboard cancel-many`: ends many onboardings that are not wanted any more. */
export function cancelManyCommand(): Command {
  const command = new Command('cancel-many')
    .helpGroup(HELP_GROUP.operate)
    .summary('end many onboardings without a result')
    .description(
      'Ends open onboardings with the outcome cancelled, as `onboard cancel` does: those of a file, or those that ' +
        'match. Without --yes it only shows how many, and some of them. May be repeated: it then goes on.',
    )
    .option('--file <file>', 'references, one a line; - reads standard input');
  return withFilters(command, OPEN_STATUSES)
    .option('--unchanged-days <n>', 'without a change for so many days', wholeNumber)
    .requiredOption('--reason <text>', 'why; kept with each outcome, so no personal data please')
    .option('--by <name>', `who cancels; ${BY_DEFAULTS_TO}`)
    .option('--yes <n>', 'cancel them, if there are exactly n', wholeNumber)
    .option('--per-second <n>', 'most cancellations a second', wholeNumber, PER_SECOND)
    .option('--report <file>', 'CSV with the result of each; a new file')
    .option('--json', 'print a JSON value a line: a result for each, then {"summary": …}')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard cancel-many --waiting-for registration --unchanged-days 20 --reason "campaign ended"
  $ onboard cancel-many --file left.txt --reason "contract ended" --yes 1200 --report cancelled.csv`,
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { reason, by, yes: confirmed, perSecond, report } = options;
  const which = whichOf(options);
  await cancelMany({ which, reason, by, confirmed, perSecond, report }, createOutput(options));
}

/** Without any filter it would be all of them, which nobody means. */
function whichOf(options: Options): CancelMany['which'] {
  const { file, status, waitingFor, problem, unchangedDays } = options;
  const filters = [status, waitingFor, problem, unchangedDays].filter((one) => one !== undefined);
  if (file !== undefined && filters.length === 0) return { file };
  if (file !== undefined || filters.length === 0) {
    throw new CommandError('name either a --file, or at least one filter', EXIT.usage);
  }
  const unchangedSince =
    unchangedDays === undefined ? undefined : new Date(Date.now() - unchangedDays * DAY_MS);
  return { filter: { status, waitingFor, problem, unchangedSince } };
}

function wholeNumber(written: string): number {
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new InvalidArgumentError('A whole number from 1 on is expected.');
}
