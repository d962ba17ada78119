/** Recorded histories of every path: what later versions of the workflow must still replay. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

export interface Recorded {
  readonly path: string;
  readonly workflowId: string;
  readonly history: History;
}

/** Writes with RECORD_HISTORIES=1 only: the files in the repository are what was released. */
export async function recordHistory(path: string, handle: WorkflowHandle): Promise<void> {
  if (process.env['RECORD_HISTORIES'] !== '1') return;
  const history = historyToJSON(await handle.fetchHistory());
  await mkdir(FOLDER, { recursive: true });
  const file = { path, workflowId: handle.workflowId, history: JSON.parse(history) as unknown };
  await writeFile(`${FOLDER}${path}.json`, `${JSON.stringify(file, null, 1)}\n`);
}

export async function recordedHistories(): Promise<readonly Recorded[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = JSON.parse(await readFile(FOLDER + name, 'utf8')) as Recorded;
      return { ...file, history: historyFromJSON(file.history) };
    }),
  );
}
