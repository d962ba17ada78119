/** One `onboard up` a state folder. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { identify, isRunning, type ProcessIdentity } from '../../devserver/index.ts';
import { CommandError } from '../failure.ts';
import { inStateFolder } from '../state-folder/path.ts';
import { readRunning } from '../state-folder/running.ts';

const FILE = 'up.json';

const owner = z.object({ pid: z.int().positive(), started: z.string() });

/**
 * Claims the state folder, also from a process that was killed. Answers how to give it back. Should
 * two processes ever claim it in the same instant, Temporal's server has a claim of its own.
 *
 * @throws CommandError when another `onboard up` runs on it
 */
export async function claimStateFolder(): Promise<() => Promise<void>> {
  const path = inStateFolder(FILE);
  const other = await readOwner(path);
  if (other !== undefined && (await isRunning(other))) throw await inUse(other);
  const ours = await identify(process.pid);
  // Where processes cannot be told apart, a claim that a kill left behind would hold for ever.
  if (ours === undefined) return () => Promise.resolve();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, JSON.stringify(ours), { mode: 0o600 });
  await rename(unfinished, path);
  return () => rm(path, { force: true });
}

async function readOwner(path: string): Promise<ProcessIdentity | undefined> {
  try {
    return owner.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

async function inUse({ pid }: ProcessIdentity): Promise<CommandError> {
  const running = await readRunning();
  const ready = running?.pid === pid ? running : undefined;
  const mailbox = ready?.simulatorUrl ?? undefined;
  const ui = ready?.uiUrl ?? undefined;
  const gateway = ready?.gatewayUrl ?? undefined;
  return new CommandError(
    [
      `it runs already on ${inStateFolder()} (process ${pid}).`,
      ...(mailbox === undefined ? [] : [`  Mailbox: ${mailbox}`]),
      ...(gateway === undefined ? [] : [`  Gateway: ${gateway}`]),
      ...(ui === undefined ? [] : [`  Temporal's UI: ${ui}`]),
      'End it with Ctrl-C in its terminal, or run another one beside it: set ONBOARDING_STATE_DIR to',
      'another folder, and choose other ports (`onboard up --help`).',
    ].join('\n'),
  );
}
