/**
 * Recorded histories of every path, which later versions of the workflow must be able to replay.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { temporal } from '@temporalio/proto';
import { PAYLOADS } from './encryption.ts';
import { payloadsIn } from './payloads-in.ts';
import { withoutMachine, withoutStack } from './remove-machine-data.ts';

export type History = temporal.api.history.v1.IHistory;

const FOLDER = fileURLToPath(new URL('../histories/', import.meta.url));

export interface Recorded {
  readonly path: string;
  readonly workflowId: string;
  readonly history: History;
}

interface Recording {
  readonly workflowId: string;
  readonly events: readonly unknown[];
}

/**
 * Writes with RECORD_HISTORIES=1, or `plaintext` for those that are recorded without encryption
 * too: the files in the repository are what was released.
 * @throws Error if there is no such file, since its path would then never be replayed
 */
export async function recordHistory(path: string, handle: WorkflowHandle): Promise<void> {
  if (PAYLOADS === 'plaintext') {
    const plain = `${FOLDER}plaintext/${path}.json`;
    // A few paths are enough to show that such histories replay too.
    if (existsSync(plain)) await write(plain, handle);
    return;
  }
  const file = `${FOLDER}${path}.json`;
  if (process.env['RECORD_HISTORIES'] !== '1') {
    if (existsSync(file)) return;
    throw new Error(`no history of ${path}: record it by RECORD_HISTORIES=1 npm test -- THIS_FILE`);
  }
  await mkdir(FOLDER, { recursive: true });
  await write(file, handle);
}

async function write(file: string, handle: WorkflowHandle): Promise<void> {
  const { workflowId } = handle;
  const history = await handle.fetchHistory();
  for (const payload of payloadsIn(history)) await withoutStack(payload, workflowId);
  const { events } = JSON.parse(historyToJSON(history)) as Recording;
  await writeFile(file, written({ workflowId, events }));
}

/** One event a line: small, and with readable differences. */
function written({ workflowId, events }: Recording): string {
  const lines = events.map((event) => JSON.stringify(withoutMachine(event)));
  return `{"workflowId": ${JSON.stringify(workflowId)}, "events": [\n${lines.join(',\n')}\n]}\n`;
}

/** Those of this version and of earlier ones; equal files once. */
export async function recordedHistories(): Promise<readonly Recorded[]> {
  const files = (await readdir(FOLDER, { recursive: true })).filter((name) =>
    name.endsWith('.json'),
  );
  const texts = new Map<string, string>();
  for (const name of files.sort()) texts.set(await readFile(FOLDER + name, 'utf8'), name);
  return [...texts].map(([text, name]) => {
    const { workflowId, events } = JSON.parse(text) as Recording;
    return { path: name.slice(0, -5), workflowId, history: historyFromJSON({ events }) };
  });
}
