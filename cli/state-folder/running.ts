/** What a running `onboard up` tells the other commands: where everything is. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
// Not by its index: every command reads this, and few need a server.
import { identify, isRunning } from '../../devserver/process-identity.ts';
import { inStateFolder } from './path.ts';

const FILE = 'running.json';

const runningSchema = z.object({
  pid: z.int().positive(),
  /** Tells the process from a later one of the same number; null where the system does not tell. */
  started: z.string().nullable(),
  /** `HOST:PORT` of Temporal's frontend. */
  temporalAddress: z.string(),
  namespace: z.string(),
  /** Null where Temporal is another one than ours. */
  uiUrl: z.string().nullable(),
  /** Null where AR24 is another one than ours. */
  simulatorUrl: z.string().nullable(),
  /** Null where none runs. */
  gatewayUrl: z.string().nullable().default(null),
  /** With its secret: the codec endpoint. */
  codecUrl: z.string().nullable().default(null),
  /** Of the key that it encrypts with; null where an older version runs. */
  encryptionKeyId: z.string().nullable().default(null),
});

export type Running = Omit<Readonly<z.infer<typeof runningSchema>>, 'started'>;

/** Undefined when nothing runs here: what a killed process left behind is no longer true. */
export async function readRunning(): Promise<Running | undefined> {
  const written = await readWritten();
  if (written === undefined) return undefined;
  const { started, ...running } = written;
  const alive = started === null || (await isRunning({ pid: running.pid, started }));
  return alive ? running : undefined;
}

async function readWritten(): Promise<z.infer<typeof runningSchema> | undefined> {
  try {
    return runningSchema.parse(JSON.parse(await readFile(inStateFolder(FILE), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whole or not at all, whenever the process is killed. */
export async function writeRunning(running: Running): Promise<void> {
  const unfinished = inStateFolder(`${FILE}.${running.pid}`);
  const started = (await identify(running.pid))?.started ?? null;
  await writeFile(unfinished, JSON.stringify({ ...running, started }), { mode: 0o600 });
  await rename(unfinished, inStateFolder(FILE));
}

export async function removeRunning(): Promise<void> {
  await rm(inStateFolder(FILE), { force: true });
}
