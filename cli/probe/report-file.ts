/** The files of a report: JSON for programs and for `--continue`, and Markdown beside it for people. */
import { rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { asMarkdown, REPORT_FORMAT, ReportSchema, type Report } from '../../probe/index.ts';
import { CommandError } from '../failure.ts';
import { inputName, readText, type InputLimit } from '../input/read-input.ts';
import { systemErrorIn } from '../system-error.ts';

const FormatSchema = z.object({ format: z.literal(REPORT_FORMAT) });

const LIMIT: InputLimit = { bytes: 1_048_576, words: '1 MiB' };

/** @throws CommandError where it cannot be read, or is no report */
export async function readReport(path: string): Promise<Report> {
  const json = jsonIn(await readText(path, 'Report as JSON', LIMIT), path);
  if (!FormatSchema.safeParse(json).success) {
    throw new CommandError(
      `${inputName(path)} is no report of onboard probe that this version reads: its "format" is not "${REPORT_FORMAT}"`,
    );
  }
  const parsed = ReportSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `${inputName(path)} is a damaged report of onboard probe:\n${z.prettifyError(parsed.error)}`,
  );
}

/** @throws CommandError naming the place, without the text: it may hold addresses */
export function jsonIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`${inputName(path)} is not JSON`);
  }
}

/**
 * Writes both files. The JSON is replaced in one step, so that an interruption leaves the old report or the new one.
 *
 * @throws CommandError
 */
export async function writeReport(path: string, report: Report): Promise<void> {
  try {
    await writeFile(`${path}.new`, `${JSON.stringify(report, null, 2)}\n`);
    await rename(`${path}.new`, path);
    await writeFile(markdownPath(path), asMarkdown(report));
  } catch (error) {
    const { code = 'unknown' } = systemErrorIn(error) ?? {};
    throw new CommandError(`the report ${path} cannot be written (${code})`);
  }
}

/** `report.json` becomes `report.md`. */
export function markdownPath(path: string): string {
  return `${path.replace(/\.json$/, '')}.md`;
}
