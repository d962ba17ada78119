/** `onboard import`, step by step: read, check all, then start what may be started, and report. */
import { withOnboardings } from '../connect.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import type { Output } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { checkFile, type CheckedFile } from './check-file.ts';
import { FileError } from './file-error.ts';
import { createProgress } from './progress.ts';
import { readInput } from './read-input.ts';
import type { Delimiter } from './records.ts';
import { openReport, reportPathFor, type Report } from './report.ts';
import { invalidResult, notStarted, type RowResult } from './row-result.ts';
import type { ValidRow } from './row.ts';
import { startRows } from './start-rows.ts';
import { expectSame, rowCount, summaryOf, summaryWords } from './summary.ts';
import { tellChecked } from './tell-checked.ts';

export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly skipInvalid?: boolean;
  readonly perSecond: number;
  readonly perAddress?: number;
  readonly report?: string;
}

/** @throws CommandError unless all that was asked for was done */
export async function importFile(
  path: string,
  options: ImportOptions,
  output: Output,
): Promise<void> {
  const file = await checked(path, options);
  tellChecked(file, output);
  const report = await reportFor(path, options);
  try {
    await importRows(file, options, report, output);
  } finally {
    await report?.discard();
  }
}

async function checked(
  path: string,
  { perAddress = mailsPerAddress() }: ImportOptions,
): Promise<CheckedFile> {
  try {
    return await checkFile(await readInput(path), { perAddress });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(`${path === '-' ? 'standard input' : path}: ${error.message}`);
  }
}

/** What the gateway allows in a day: an import mails an address no more often, unless somebody means it. */
function mailsPerAddress(): number {
  const { ONBOARDING_MAILS_PER_ADDRESS_AND_DAY } = GATEWAY_VARIABLES;
  return readEnvironment({ ONBOARDING_MAILS_PER_ADDRESS_AND_DAY })
    .ONBOARDING_MAILS_PER_ADDRESS_AND_DAY;
}

/** By default beside the file, where anything might be started. */
async function reportFor(
  path: string,
  { report, dryRun }: ImportOptions,
): Promise<Report | undefined> {
  if (report !== undefined) return openReport(report);
  return path === '-' || dryRun === true ? undefined : openReport(reportPathFor(path));
}

async function importRows(
  { rows, delimiter }: CheckedFile,
  options: ImportOptions,
  report: Report | undefined,
  output: Output,
): Promise<void> {
  const results = new Map<number, RowResult>();
  const stopped = new AbortController();
  // Nobody reads what programs are told: not to be gone on with unseen.
  process.stdout.on('error', () => {
    stopped.abort();
  });
  const told = (result: RowResult): void => {
    results.set(result.line, result);
    if (output.json) output.result({ row: result }, () => '');
  };
  for (const row of rows) if (row.kind === 'invalid') told(invalidResult(row));
  const invalid = results.size;
  const valid = rows.filter((row) => row.kind === 'valid');
  const keptBack = whyNothing(options, invalid, valid.length);
  try {
    if (keptBack === undefined) await startAll(valid, options, stopped, told);
  } finally {
    const why = keptBack?.detail ?? 'the import was stopped before; import the file again';
    for (const row of valid) if (!results.has(row.line)) told(notStarted(row, why));
    await finish([...results.values()], delimiter, report, output);
  }
  if (keptBack !== undefined) {
    keptBack.end();
    return;
  }
  if ([...results.values()].some(({ result }) => result === 'not-started')) {
    throw new CommandError('stopped; import the file again to go on', EXIT.interrupted);
  }
  expectSame([...results.values()]);
}

interface KeptBack {
  /** For the report. */
  readonly detail: string;
  readonly end: () => void;
}

/** Undefined where there is something to start. */
function whyNothing(
  { dryRun, skipInvalid }: ImportOptions,
  invalid: number,
  valid: number,
): KeptBack | undefined {
  const fail = (message: string) => () => {
    throw new CommandError(message);
  };
  const are = `${rowCount(invalid)} of ${rowCount(invalid + valid)}`;
  if (dryRun === true) {
    const end = invalid === 0 ? () => undefined : fail(`${rowCount(invalid)} invalid`);
    return { detail: 'only checked', end };
  }
  if (valid === 0) return { detail: '', end: fail('no row is valid, so nothing was started') };
  if (invalid === 0 || skipInvalid === true) return undefined;
  return {
    detail: 'other rows are invalid',
    end: fail(
      `${are} invalid, so nothing was started: mend them, or leave them out by --skip-invalid`,
    ),
  };
}

async function startAll(
  rows: readonly ValidRow[],
  { perSecond }: ImportOptions,
  stopped: AbortController,
  told: (result: RowResult) => void,
): Promise<void> {
  void stopRequest().then(() => {
    stopped.abort();
  });
  await withOnboardings(async (onboardings) => {
    const progress = createProgress(rows.length, process.stderr);
    try {
      await startRows(onboardings, rows, {
        perSecond,
        signal: stopped.signal,
        told(result) {
          told(result);
          progress.advance();
        },
        away(why) {
          progress.note(why === undefined ? 'Temporal is back' : `${why}; waiting for it`);
        },
      });
    } finally {
      progress.end();
    }
  });
}

async function finish(
  results: readonly RowResult[],
  delimiter: Delimiter,
  report: Report | undefined,
  output: Output,
): Promise<void> {
  await report?.write(results, delimiter);
  const summary = summaryOf(results, report?.path ?? null);
  output.result({ summary }, () => summaryWords(summary));
  await allRead();
}

/** A slow reader may be behind, and after Ctrl-C the process does not wait for him. */
function allRead(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write('', () => {
      resolve();
    });
  });
}
