/** What a running `onboard up` tells the other commands: where everything is. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { inStateFolder } from './path.ts';

const FILE = 'running.json';

const runningSchema = z.object({
  pid: z.int().positive(),
  /** `HOST:PORT` of Temporal's frontend. */
  temporalAddress: z.string(),
  namespace: z.string(),
  /** Null where Temporal is another one than ours. */
  uiUrl: z.string().nullable(),
  /** Null where AR24 is another one than ours. */
  simulatorUrl: z.string().nullable(),
});

export type Running = Readonly<z.infer<typeof runningSchema>>;

/** Undefined when nothing was started here. What a killed process left behind is still told. */
export async function readRunning(): Promise<Running | undefined> {
  try {
    return runningSchema.parse(JSON.parse(await readFile(inStateFolder(FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whenever the process is killed. */
export async function writeRunning(running: Running): Promise<void> {
  const unfinished = inStateFolder(`${FILE}.${running.pid}`);
  await writeFile(unfinished, JSON.stringify(running), { mode: 0o600 });
  await rename(unfinished, inStateFolder(FILE));
}

export async function removeRunning(): Promise<void> {
  await rm(inStateFolder(FILE), { force: true });
}
