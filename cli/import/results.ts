/** The results of an import: of each row, the summary, and the report. No cell but the reference is in them. */
import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { StartResult } from '../../client/index.ts';
import { EXIT } from '../exit-codes.ts';
import { CommandError } from '../failure.ts';
import { systemErrorIn } from '../system-error.ts';
import type { Delimiter } from './records.ts';
import type { InvalidRow, ImportRow } from './row.ts';

const RESULTS = ['started', 'open', 'open-differs', 'ended', 'invalid', 'not-started'] as const;

export interface RowResult {
  readonly line: number;
  /** Empty where the row has none. */
  readonly reference: string;
  readonly result: (typeof RESULTS)[number];
  readonly detail: string;
}

/** The row and the existing onboarding have different requests. */
const DIFFERS = 'differs from the file';

export function startedResult({ line }: ImportRow, start: StartResult): RowResult {
  return { line, reference: start.reference, result: start.kind, detail: detailOf(start) };
}

export function invalidResult(row: InvalidRow): RowResult {
  const { line, reference } = row;
  return { line, reference, result: 'invalid', detail: faultWords(row).join('; ') };
}

export function notStarted({ line, reference }: ImportRow, detail: string): RowResult {
  return { line, reference, result: 'not-started', detail };
}

export function faultWords({ faults }: InvalidRow): readonly string[] {
  return faults.map(({ column, message }) => (column === null ? message : `${column}: ${message}`));
}

/** The existing onboarding was started with another request. */
function isDifferent({ result, detail }: RowResult): boolean {
  return result === 'open-differs' || (result === 'ended' && detail.endsWith(DIFFERS));
}

function detailOf(start: StartResult): string {
  switch (start.kind) {
    case 'started':
    case 'open':
      return '';
    case 'open-differs':
      return start.differs.length === 0 ? DIFFERS : `${DIFFERS}: ${start.differs.join(', ')}`;
    case 'ended':
      return start.asksForTheSame ? start.ending.kind : `${start.ending.kind}; ${DIFFERS}`;
  }
}

const WORDS = {
  started: 'started',
  open: 'open already',
  'open-differs': 'open already, with another request',
  ended: 'ended already',
  invalid: 'invalid',
  'not-started': 'not started',
} as const satisfies Record<RowResult['result'], string>;

interface Summary {
  readonly rows: number;
  /** How many rows have each result. */
  readonly results: Readonly<Record<RowResult['result'], number>>;
  /** The path of the report; null where there is none. */
  readonly report: string | null;
}

export function summaryOf(results: readonly RowResult[], report: string | null): Summary {
  const counts = { started: 0, open: 0, 'open-differs': 0, ended: 0, invalid: 0, 'not-started': 0 };
  for (const { result } of results) counts[result] += 1;
  return { rows: results.length, results: counts, report };
}

export function summaryWords({ rows, results, report }: Summary): string {
  const counts = RESULTS.filter((result) => results[result] > 0).map(
    (result) => `  ${count(results[result])} ${WORDS[result]}`,
  );
  const where = report === null ? [] : [`report: ${report}`];
  return [`${rowCount(rows)}:`, ...counts, ...where].join('\n');
}

/** @throws CommandError where rows differ from the existing onboardings */
export function expectSame(results: readonly RowResult[]): void {
  const others = results.filter(isDifferent).length;
  if (others === 0) return;
  throw new CommandError(
    `${rowCount(others)} with another request than the existing onboarding, which was not changed; see ` +
      'the report',
    EXIT.refused,
  );
}

export function rowCount(rows: number): string {
  return `${count(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}

function count(n: number): string {
  return n.toLocaleString('en');
}

const COLUMNS = ['line', 'reference', 'result', 'detail'] as const;
/** The first line of a report. The next run may replace a file that begins so. */
const OURS = /^line([;,\t])reference\1result\1detail\n/;

export interface ImportReport {
  readonly path: string;
  write(results: readonly RowResult[], delimiter: Delimiter): Promise<void>;
  /** Removes the unfinished file, unless the report was written. */
  discard(): Promise<void>;
}

/** Beside the file: `customers.csv` → `customers.report.csv`. */
export function reportPathFor(file: string): string {
  return `${file.replace(/\.csv$/i, '')}.report.csv`;
}

/**
 * Opens the report before anything is started, so that it can be written afterwards. No cell in it can act as a
 * formula. It is written completely or not at all.
 *
 * @throws CommandError where it cannot be written, or would replace a file that is no report
 */
export async function openReport(path: string): Promise<ImportReport> {
  await expectFree(path);
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    const code = systemErrorIn(error)?.code ?? 'unknown';
    throw new CommandError(`the report cannot be written to ${path} (${code})`);
  });
  return {
    path,
    async write(results, delimiter) {
      await file.writeFile(reportText(results, delimiter));
      await file.sync();
      await rename(unfinished, path);
    },
    async discard() {
      await file.close();
      await rm(unfinished, { force: true });
    },
  };
}

export function reportText(results: readonly RowResult[], delimiter: Delimiter): string {
  const inOrder = results.toSorted((a, b) => a.line - b.line);
  return stringify(inOrder, { header: true, columns: COLUMNS, delimiter, escape_formulas: true });
}

async function expectFree(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  const isOurs = found.isFile() && OURS.test(await beginOf(path));
  if (isOurs) return;
  throw new CommandError(
    `${path} exists, and is no report of an import: name another file with --report`,
  );
}

async function beginOf(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await file?.close();
  }
}
