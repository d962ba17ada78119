import { Command, InvalidArgumentError, Option } from 'commander';
import type { ListFilter, OnboardingSummary } from '../../client/index.ts';
import {
  PROBLEM_KINDS,
  REQUIREMENTS,
  STATUSES,
  type ProblemKind,
  type Requirement,
  type Status,
} from '../../workflows/contract/index.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { HELP_GROUP } from '../help-groups.ts';
import { readAddress } from '../input/address.ts';
import { createOutput } from '../output.ts';
import { leaveWithTheReader } from '../reader.ts';
import { table } from '../text/table.ts';

interface Options {
  readonly status?: Status;
  readonly waitingFor?: Requirement;
  readonly problem?: ProblemKind;
  readonly stuck?: boolean;
  readonly email?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** As many as a person likes to see at once. */
const SHOWN = 50;

/** `onboard list`: many onboardings, or those that need somebody. */
export function listCommand(): Command {
  return new Command('list')
    .helpGroup(HELP_GROUP.see)
    .summary('list onboardings')
    .description(
      'Lists onboardings, open ones first. What has just happened may show a second later.',
    )
    .addOption(new Option('--status <status>', 'with this status').choices(STATUSES))
    .addOption(new Option('--waiting-for <what>', 'that wait for this').choices(REQUIREMENTS))
    .addOption(new Option('--problem <kind>', 'that have this problem').choices(PROBLEM_KINDS))
    .option('--stuck', 'that an operator should look at; slow where there are many thousands')
    .option('--email <address>', 'of this address; - reads it from standard input')
    .option('--limit <n>', `at most so many; default ${SHOWN}, and with --json all`, wholeNumber)
    .option('--json', 'print JSON, an onboarding a line')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard list --stuck
  $ onboard list --status awaiting-operator --json | jq -r .reference`,
    )
    .action(list);
}

async function list(options: Options): Promise<void> {
  leaveWithTheReader(EXIT.done);
  const output = createOutput(options);
  const { status, waitingFor, problem, stuck, email, limit } = options;
  const filter: ListFilter = {
    status,
    waitingFor,
    problem,
    stuckOnly: stuck,
    email: email === undefined ? undefined : await readAddress(email),
  };
  await withOnboardings(async (onboardings) => {
    const found = onboardings.list(filter);
    if (output.json) {
      for await (const one of first(limit ?? Infinity, found)) output.result(one, () => '');
      return;
    }
    const most = limit ?? SHOWN;
    const some: OnboardingSummary[] = [];
    for await (const one of first(most + 1, found)) some.push(one);
    if (some.length === 0) output.note(emptyWords(filter));
    else process.stdout.write(`${table(some.slice(0, most), Date.now())}\n`);
    if (some.length > most) output.note(`… and more: --limit N shows more than ${most}`);
  });
}

async function* first<T>(most: number, all: AsyncIterable<T>): AsyncIterableIterator<T> {
  let count = 0;
  for await (const one of all) {
    yield one;
    if (++count >= most) return;
  }
}

function emptyWords(filter: ListFilter): string {
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return isFiltered
    ? 'no onboarding fits; onboard list shows all'
    : 'no onboardings yet; begin one with: onboard start REFERENCE --email ADDRESS';
}

function wholeNumber(written: string): number {
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new InvalidArgumentError('A whole number from 1 on is expected.');
}
