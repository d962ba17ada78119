/** The steps of `onboard import`: read the file, check all rows, start the valid ones, and report. */
import { withOnboardings } from '../connect.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { readEnvironment } from '../environment/read-environment.ts';
import { notePause } from '../commands/shared.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { inputName, readInput, type InputLimit } from '../input/read-input.ts';
import type { Output } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { checkFile, type CheckedFile } from './check-file.ts';
import type { EncodingName } from './encoding.ts';
import { createProgress } from './progress.ts';
import { FileError, type Delimiter } from './records.ts';
import {
  openReport,
  reportPathFor,
  type ImportReport,
  invalidResult,
  notStarted,
  type RowResult,
  expectSame,
  rowCount,
  summaryOf,
  summaryWords,
  faultWords,
} from './results.ts';
import type { ValidRow } from './row.ts';
import { startRows } from './start-rows.ts';

const LIMIT: InputLimit = {
  bytes: 50 * 1_024 * 1_024,
  words: '50 MB: divide it, with the header line in each part',
};

export interface ImportOptions {
  readonly dryRun?: boolean;
  readonly skipInvalid?: boolean;
  readonly asPrefill?: boolean;
  readonly encoding?: EncodingName;
  readonly perSecond: number;
  readonly perAddress?: number;
  readonly report?: string;
}

/** @throws CommandError unless all rows were processed as requested */
export async function importFile(
  path: string,
  options: ImportOptions,
  output: Output,
): Promise<void> {
  const file = await checked(path, options);
  noteFaults(file, output);
  const report = await reportFor(path, options);
  try {
    await importRows(file, options, report, output);
  } finally {
    await report?.discard();
  }
}

async function checked(
  path: string,
  { asPrefill, encoding, perAddress = mailsPerAddress() }: ImportOptions,
): Promise<CheckedFile> {
  try {
    const bytes = await readInput(path, 'CSV', LIMIT);
    const forms = asPrefill === true ? 'prefill' : 'registration';
    return await checkFile(bytes, { encoding, forms, perAddress });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new CommandError(`${inputName(path)}: ${error.message}`);
  }
}

/** The gateway's limit for a day counts for an import too, unless `--per-address` raises it. */
function mailsPerAddress(): number {
  const { ONBOARDING_MAILS_PER_ADDRESS_AND_DAY } = GATEWAY_VARIABLES;
  return readEnvironment({ ONBOARDING_MAILS_PER_ADDRESS_AND_DAY })
    .ONBOARDING_MAILS_PER_ADDRESS_AND_DAY;
}

/** By default beside the file, unless nothing is started. */
async function reportFor(
  path: string,
  { report, dryRun }: ImportOptions,
): Promise<ImportReport | undefined> {
  if (report !== undefined) return openReport(report);
  return path === '-' || dryRun === true ? undefined : openReport(reportPathFor(path));
}

async function importRows(
  { rows, delimiter }: CheckedFile,
  options: ImportOptions,
  report: ImportReport | undefined,
  output: Output,
): Promise<void> {
  const results = new Map<number, RowResult>();
  const stopped = new AbortController();
  // The reading program has ended: without it the import must not go on.
  process.stdout.on('error', () => {
    stopped.abort();
  });
  const onResult = (result: RowResult): void => {
    results.set(result.line, result);
    if (output.json) output.result({ row: result }, () => '');
  };
  for (const row of rows) if (row.kind === 'invalid') onResult(invalidResult(row));
  const invalid = results.size;
  const valid = rows.filter((row) => row.kind === 'valid');
  const keptBack = whyNothing(options, invalid, valid.length);
  try {
    if (keptBack === undefined) await startAll(valid, { ...options, output }, stopped, onResult);
  } finally {
    const why = keptBack?.detail ?? 'the import was stopped before; import the file again';
    for (const row of valid) if (!results.has(row.line)) onResult(notStarted(row, why));
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

/** Why no row is started; undefined where the valid ones are. */
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
      `${are} invalid, so nothing was started: correct them, or skip them with --skip-invalid`,
    ),
  };
}

async function startAll(
  rows: readonly ValidRow[],
  { perSecond, output }: ImportOptions & { readonly output: Output },
  stopped: AbortController,
  onResult: (result: RowResult) => void,
): Promise<void> {
  void stopRequest().then(() => {
    stopped.abort();
  });
  await withOnboardings(async (onboardings) => {
    await notePause(onboardings, output);
    const progress = createProgress(rows.length, process.stderr);
    try {
      await startRows(onboardings, rows, {
        perSecond,
        signal: stopped.signal,
        onResult(result) {
          onResult(result);
          progress.advance();
        },
        onAway(why) {
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
  report: ImportReport | undefined,
  output: Output,
): Promise<void> {
  await report?.write(results, delimiter);
  const summary = summaryOf(results, report?.path ?? null);
  output.result({ summary }, () => summaryWords(summary));
  await allRead();
}

/** Waits for a slow reader: after Ctrl-C the process would end before it has read everything. */
function allRead(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write('', () => {
      resolve();
    });
  });
}

const DELIMITER_NAMES = { ';': 'semicolons', ',': 'commas', '\t': 'tabs' } as const;

/** Prints how the file was read, its warnings, and the faults; with `--json` faults are in the results. */
function noteFaults({ encoding, delimiter, warnings, rows }: CheckedFile, output: Output): void {
  output.note(
    `${rowCount(rows.length)}, read as ${encoding} with ${DELIMITER_NAMES[delimiter]} between the cells`,
  );
  for (const warning of warnings) output.note(`warning: ${warning}`);
  for (const row of rows) {
    if (row.kind === 'valid') {
      for (const warning of row.warnings) output.note(`line ${row.line}, warning: ${warning}`);
    } else if (!output.json) {
      for (const fault of faultWords(row)) output.note(`line ${row.line}, ${fault}`);
    }
  }
}
