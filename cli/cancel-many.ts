/** `onboard cancel-many`: finds the onboardings, or reads their references, and cancels them once the number is confirmed. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import {
  OnboardingNotFoundError,
  UpdateRefusedError,
  type OnboardingClient,
  type StateFilter,
} from '../client/index.ts';
import { REFERENCE_PATTERN, type Reference } from '../workflows/contract/index.ts';
import { withOnboardings } from './connect.ts';
import { EXIT } from './exit-codes.ts';
import { CommandError } from './failure.ts';
import { createProgress } from './import/progress.ts';
import { inputName, readText, type InputLimit } from './input/read-input.ts';
import { inLanes } from './lanes.ts';
import type { Output } from './output.ts';
import { stopRequest } from './stop-request.ts';
import { systemErrorIn } from './system-error.ts';

export interface CancelMany {
  /** A file of references, or which open onboardings. */
  readonly which: { readonly file: string } | { readonly filter: StateFilter };
  readonly reason: string;
  readonly by?: string | undefined;
  /** The confirmed number; undefined: nothing is cancelled. */
  readonly confirmed: number | undefined;
  readonly perSecond: number;
  /** Of the result of each. */
  readonly report: string | undefined;
}

const LIMIT: InputLimit = { bytes: 10 * 1_024 * 1_024, words: '10 MB: divide it' };
/** Before the cancellation of so many, a person looks at some of them. */
const SHOWN = 10;
/** A call to AR24 in flight delays the answer of a worker. */
const ANSWERED_WITHIN_MS = 15_000;

const RESULTS = ['cancelled', 'refused', 'changed', 'not-found', 'not-done'] as const;
type Result = (typeof RESULTS)[number];

/** @throws CommandError unless all are cancelled, or are not open any more */
export async function cancelMany(many: CancelMany, output: Output): Promise<void> {
  await withOnboardings(async (onboardings) => {
    const references = await referencesOf(onboardings, many.which);
    const { length: count } = references;
    if (many.confirmed === undefined || count === 0) {
      const shown = references.slice(0, SHOWN);
      output.result({ count, references }, () => planWords(shown, count));
      return;
    }
    if (many.confirmed !== count) {
      throw new CommandError(
        `there are ${count}, and --yes says ${many.confirmed}: nothing was cancelled`,
        EXIT.refused,
      );
    }
    const report = openReport(many.report);
    try {
      await cancelAll(onboardings, references, many, { output, report });
    } finally {
      report?.close();
    }
  });
}

function planWords(shown: readonly Reference[], count: number): string {
  if (count === 0) return 'no open onboarding matches';
  const others = count > shown.length ? [`… and ${count - shown.length} more`] : [];
  return [
    ...shown,
    ...others,
    '',
    `${count} would be cancelled, and nothing was done yet. To cancel them, add: --yes ${count}`,
  ].join('\n');
}

async function referencesOf(
  onboardings: OnboardingClient,
  which: CancelMany['which'],
): Promise<readonly Reference[]> {
  if ('file' in which) return referencesIn(which.file);
  const found: Reference[] = [];
  for await (const { reference } of onboardings.list(which.filter)) found.push(reference);
  return found;
}

/** One a line; each counts once. */
async function referencesIn(file: string): Promise<readonly Reference[]> {
  const lines = (await readText(file, 'references, one a line', LIMIT)).split('\n');
  const references = new Set<Reference>();
  for (const [index, line] of lines.entries()) {
    const written = line.trim();
    if (written === '') continue;
    if (!REFERENCE_PATTERN.test(written)) {
      // The line itself is not printed: it may be an address.
      throw new CommandError(
        `${inputName(file)}, line ${index + 1}: no reference; nothing was done`,
      );
    }
    references.add(written);
  }
  return [...references];
}

interface Reporting {
  readonly output: Output;
  readonly report: Report | undefined;
}

async function cancelAll(
  onboardings: OnboardingClient,
  references: readonly Reference[],
  { which, reason, by, perSecond, report: path }: CancelMany,
  { output, report }: Reporting,
): Promise<void> {
  const filter = 'filter' in which ? which.filter : undefined;
  const counts = { cancelled: 0, refused: 0, changed: 0, 'not-found': 0, 'not-done': 0 };
  const left = new Set(references);
  const stopped = new AbortController();
  void stopRequest().then(() => {
    stopped.abort();
  });
  const add = (reference: Reference, result: Result, detail = ''): void => {
    left.delete(reference);
    counts[result] += 1;
    report?.add(stringify([[reference, result, detail]], { escape_formulas: true }));
    if (report?.fault !== undefined) stopped.abort();
    if (output.json) output.result({ reference, result, detail }, () => '');
  };
  const progress = createProgress(references.length, process.stderr, 'onboardings');
  try {
    await inLanes(references, {
      perSecond,
      signal: stopped.signal,
      answeredWithinMs: ANSWERED_WITHIN_MS,
      act: (reference) => cancelOne(onboardings, reference, { filter, reason, by }),
      onResult(reference, [result, detail]) {
        add(reference, result, detail);
        progress.advance();
      },
      onAway(why) {
        progress.note(why === undefined ? 'Temporal is back' : `${why}; waiting for it`);
      },
    });
  } finally {
    progress.end();
    for (const reference of left) add(reference, 'not-done');
    const summary = { count: references.length, results: counts, report: path ?? null };
    output.result({ summary }, () => summaryWords(counts));
  }
  if (report?.fault !== undefined) {
    throw new CommandError(
      `stopped: the report could not be written on (${report.fault}); not all of what was done is in it`,
      EXIT.unexpected,
    );
  }
  if (counts['not-done'] > 0) {
    throw new CommandError('stopped; repeat it to go on with the others', EXIT.interrupted);
  }
}

/** One that is not open any more is a result, and no failure. */
async function cancelOne(
  onboardings: OnboardingClient,
  reference: Reference,
  {
    filter,
    ...cancellation
  }: Pick<CancelMany, 'by' | 'reason'> & {
    readonly filter: StateFilter | undefined;
  },
): Promise<readonly [Result, string]> {
  try {
    // The list may be half an hour old, and the person may have gone on since.
    if (filter !== undefined && !(await onboardings.stillMatches(reference, filter))) {
      return ['changed', ''];
    }
    await onboardings.cancel(reference, cancellation);
    return ['cancelled', ''];
  } catch (error) {
    if (error instanceof OnboardingNotFoundError) return ['not-found', ''];
    if (error instanceof UpdateRefusedError) return ['refused', error.reason];
    throw error;
  }
}

const WORDS = {
  cancelled: 'cancelled',
  refused: 'refused it, such as those that had ended already',
  changed: 'no longer match, and were left as they are',
  'not-found': 'are not known',
  'not-done': 'not done',
} as const satisfies Record<Result, string>;

function summaryWords(counts: Readonly<Record<Result, number>>): string {
  return RESULTS.filter((result) => counts[result] > 0)
    .map((result) => `${counts[result]} ${WORDS[result]}`)
    .join('\n');
}

interface Report {
  /** Written at once, so that it is there after a kill too. */
  readonly add: (line: string) => void;
  readonly close: () => void;
  /** Why a line could not be written. No line is written after it. */
  readonly fault: string | undefined;
}

function openReport(path: string | undefined): Report | undefined {
  if (path === undefined) return undefined;
  let file: number;
  let fault: string | undefined;
  try {
    file = openSync(path, 'wx', 0o600);
    writeSync(file, 'reference,result,detail\n');
  } catch (error) {
    const code = systemErrorIn(error)?.code ?? 'unknown';
    throw new CommandError(`the report cannot be written to ${path} (${code}); nothing was done`);
  }
  return {
    add(line) {
      try {
        if (fault === undefined) writeSync(file, line);
      } catch (error) {
        fault = systemErrorIn(error)?.code ?? 'unknown';
      }
    },
    close: () => {
      closeSync(file);
    },
    get fault() {
      return fault;
    },
  };
}
