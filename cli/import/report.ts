/** The report: a CSV file in which no cell can act as a formula, whole or not at all. */
import { randomUUID } from 'node:crypto';
import { lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import { CommandError } from '../failure.ts';
import { systemCode } from './file-error.ts';
import type { Delimiter } from './records.ts';
import type { RowResult } from './row-result.ts';

const COLUMNS = ['line', 'reference', 'result', 'detail'] as const;
/** By its first line a report of ours is known, so that the next run may replace it. */
const OURS = /^line([;,\t])reference\1result\1detail\n/;

export interface Report {
  readonly path: string;
  write(results: readonly RowResult[], delimiter: Delimiter): Promise<void>;
  /** Leaves nothing behind, where it was not written. */
  discard(): Promise<void>;
}

/** Beside the file: `customers.csv` → `customers.report.csv`. */
export function reportPathFor(file: string): string {
  return `${file.replace(/\.csv$/i, '')}.report.csv`;
}

/**
 * Makes sure beforehand that it can be written.
 *
 * @throws CommandError where it cannot, or where something else is there than an earlier report
 */
export async function openReport(path: string): Promise<Report> {
  await expectFree(path);
  const unfinished = `${path}.${randomUUID()}`;
  const file = await open(unfinished, 'wx', 0o600).catch((error: unknown) => {
    throw new CommandError(`the report cannot be written to ${path} (${systemCode(error)})`);
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
  const there = await lstat(path).catch(() => undefined);
  if (there === undefined) return;
  const isOurs = there.isFile() && OURS.test(await beginOf(path));
  if (isOurs) return;
  throw new CommandError(
    `${path} is there, and is no report of an import: name another place with --report`,
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
