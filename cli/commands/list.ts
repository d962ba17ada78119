import { Command, InvalidArgumentError } from 'commander';
import type { ListFilter, OnboardingSummary, StuckProgress } from '../../client/index.ts';
import { inGroups } from '../../client/search.ts';
import {
  STATUSES,
  type ProblemKind,
  type Requirement,
  type Status,
} from '../../workflows/contract/index.ts';
import { withOnboardings } from '../connect.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { readAddress } from '../input/read-input.ts';
import { createOutput, type Output, exitWithTheReader } from '../output.ts';
import { paint, type Tone, plain } from '../text/style.ts';
import { ahead, spanSince } from '../text/time.ts';
import { STUCK_SHORT } from '../text/words.ts';
import { ADDRESS_ASKED, HELP_GROUP, notePause, withFilters } from './shared.ts';

interface Options {
  readonly status?: Status;
  readonly waitingFor?: Requirement;
  readonly problem?: ProblemKind;
  readonly stuck?: boolean;
  readonly thorough?: boolean;
  readonly email?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** By default, for a person. */
const SHOWN = 50;
/** Of a search for erased ones. */
const AT_A_TIME = 32;

/** `onboard list`: lists onboardings, or those that have made no progress for too long. */
export function listCommand(): Command {
  const command = new Command('list')
    .helpGroup(HELP_GROUP.see)
    .summary('list onboardings')
    .description('Lists onboardings, open ones first. A change may show a second later.');
  return withFilters(command, STATUSES)
    .option('--stuck', 'that do not go on without an operator')
    .option('--thorough', 'with --stuck: read each open one; takes minutes for thousands')
    .option('--email <address>', `of this address; ${ADDRESS_ASKED}`)
    .option('--limit <n>', `at most n; default ${SHOWN}, and with --json all`, wholeNumber)
    .option('--json', 'print JSON, an onboarding a line')
    .addHelpText(
      'after',
      `
Examples:
  $ onboard list --stuck
  $ onboard list --waiting-for operator --json | jq -r .reference
  $ onboard list --email -`,
    )
    .action(list);
}

async function list(options: Options): Promise<void> {
  exitWithTheReader(EXIT.done);
  const output = createOutput(options);
  const { status, waitingFor, problem, stuck, thorough, email, limit } = options;
  if (thorough === true && stuck !== true) {
    throw new CommandError('--thorough is an option of --stuck', EXIT.usage);
  }
  const filter: ListFilter = {
    status,
    waitingFor,
    problem,
    stuckOnly: stuck,
    email: email === undefined ? undefined : await readAddress(email),
  };
  await withOnboardings(async (onboardings) => {
    await notePause(onboardings, output);
    const search = progressOf(output);
    const found = onboardings.list(filter, { readAll: thorough, onProgress: search.onProgress });
    if (output.json) {
      const wanted = first(limit ?? Infinity, found);
      // Open ones are found one by one, slowly.
      for await (const group of inGroups(wanted, stuck === true ? 1 : AT_A_TIME)) {
        const erased = await onboardings.erasedAmong(group);
        for (const one of group) {
          output.result({ ...one, ...(erased.has(one.runId) && { erased: true }) }, () => '');
        }
      }
      search.end();
      return;
    }
    const most = limit ?? SHOWN;
    const some: OnboardingSummary[] = [];
    for await (const one of first(most + 1, found)) some.push(one);
    if (some.length === 0) output.note(emptyWords(filter));
    else {
      const shown = some.slice(0, most);
      const erased = await onboardings.erasedAmong(shown);
      process.stdout.write(`${table(shown, erased, Date.now())}\n`);
    }
    search.end();
    if (some.length > most) output.note(`… and more: --limit N shows more than ${most}`);
  });
}

const LINE_EVERY_MS = 5_000;

/** Reports the progress of a long search for stuck onboardings, and at its end how it was done. */
function progressOf(output: Output) {
  let last: StuckProgress | undefined;
  let notedAt = performance.now();
  return {
    onProgress: (progress: StuckProgress): void => {
      last = progress;
      if (performance.now() - notedAt < LINE_EVERY_MS) return;
      notedAt = performance.now();
      output.note(`read ${progress.read}, of ${progress.open} open ones`);
    },
    end() {
      if (last?.reads !== 'candidates') return;
      output.note(
        `${last.read} of ${last.open} open ones were read, the others judged by search attributes and ` +
          'task queues; --thorough reads each',
      );
    },
  };
}

async function* first<T>(most: number, all: AsyncIterable<T>): AsyncIterableIterator<T> {
  let count = 0;
  for await (const one of all) {
    yield one;
    if (++count >= most) return;
  }
}

function emptyWords(filter: ListFilter): string {
  if (filter.stuckOnly === true) {
    return (
      'no onboarding matches: none is stuck. A problem counts once it is an hour old; onboard doctor and ' +
      'onboard list --problem KIND show younger ones'
    );
  }
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return isFiltered
    ? 'no onboarding matches; onboard list shows all'
    : 'no onboardings yet; start one with: onboard start REFERENCE --email ADDRESS';
}

function wholeNumber(written: string): number {
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new InvalidArgumentError('A whole number from 1 on is expected.');
}

interface Column {
  readonly title: string;
  readonly cell: (one: Listed, now: number) => string;
}

interface Listed extends Omit<OnboardingSummary, 'status'> {
  /** `erased`: all that is left is the run that keeps late events from starting anything. */
  readonly status: Status | 'erased';
}

const COLUMNS: readonly Column[] = [
  { title: 'REFERENCE', cell: ({ reference }) => reference },
  { title: 'STATUS', cell: ({ status }) => status },
  { title: 'FOR', cell: ({ since }, now) => spanSince(since, now) },
  { title: 'WAITING FOR', cell: ({ waitingFor }) => waitingFor.join(', ') },
  { title: 'PROBLEM', cell: ({ problem }, now) => (problem === null ? '' : withAge(problem, now)) },
  {
    title: 'DEADLINE',
    cell: ({ deadline }, now) => (deadline === null ? '' : ahead(deadline, now)),
  },
];

/** With `--stuck`, after the first column. */
const STUCK_BECAUSE: Column = {
  title: 'STUCK BECAUSE',
  cell: ({ stuckBecause = [] }) => stuckBecause.map((why) => STUCK_SHORT[why]).join(', '),
};

function withAge({ kind, since }: NonNullable<OnboardingSummary['problem']>, now: number): string {
  return since === undefined ? kind : `${kind} for ${spanSince(since, now)}`;
}

/** @param erased ids of runs. @param now ms since the epoch */
function table(
  onboardings: readonly OnboardingSummary[],
  erased: ReadonlySet<string>,
  now: number,
): string {
  const listed = onboardings.map((one): Listed =>
    erased.has(one.runId) ? { ...one, status: 'erased' } : one,
  );
  const isStuck = listed.some(({ stuckBecause }) => stuckBecause !== undefined);
  const columns = isStuck ? COLUMNS.toSpliced(1, 0, STUCK_BECAUSE) : COLUMNS;
  const cells = listed.map((one) => columns.map(({ cell }) => plain(cell(one, now))));
  const widths = columns.map(({ title }, column) =>
    Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    paint('quiet', line(columns.map(({ title }) => title))),
    ...cells.map((row, index) => paint(toneOf(onboardings[index]), line(row))),
  ].join('\n');
}

function toneOf(one: OnboardingSummary | undefined): Tone {
  if (one?.status === 'ready') return 'good';
  return one?.problem || one?.status === 'failed' ? 'bad' : 'plain';
}
