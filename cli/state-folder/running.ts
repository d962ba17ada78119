/** Which `onboard up` runs on the state folder: it holds the lock of a file, and writes its addresses there. */
import { z } from 'zod';
// Not by its index: every command reads this, and few need a server.
import { described, holderOf, lock, LockedError, type Holder } from '../../devserver/lock.ts';
import { CommandError } from '../failure.ts';
import { inStateFolder } from './path.ts';

const FILE = 'running.json';

const runningSchema = z.object({
  pid: z.int().positive(),
  /** `HOST:PORT` of Temporal's frontend. */
  temporalAddress: z.string(),
  namespace: z.string(),
  /** Null where Temporal was not started by it. */
  uiUrl: z.string().nullable(),
  /** Null where AR24 is no simulator of its own. */
  simulatorUrl: z.string().nullable(),
  /** Null where none runs. */
  gatewayUrl: z.string().nullable().default(null),
  /** With its secret: the codec endpoint. */
  codecUrl: z.string().nullable().default(null),
  /** Of the key that encrypts; null where an older version runs. */
  encryptionKeyId: z.string().nullable().default(null),
});

export type Running = Readonly<z.infer<typeof runningSchema>>;

/** Undefined where none runs, or it is still starting. */
export async function readRunning(): Promise<Running | undefined> {
  return ready(await holderOf(inStateFolder(FILE)));
}

function ready(holder: Holder | undefined): Running | undefined {
  return runningSchema.safeParse(holder).data;
}

/** The state folder of this process, in which no other `onboard up` runs. */
export interface StateFolder {
  /** Once all parts run: their addresses, for the other commands. */
  readonly publish: (running: Omit<Running, 'pid'>) => void;
  readonly release: () => void;
}

/** @throws CommandError when another `onboard up` runs on it */
export async function claimStateFolder(): Promise<StateFolder> {
  try {
    const { write, release } = await lock(inStateFolder(FILE));
    return { publish: write, release };
  } catch (error) {
    throw error instanceof LockedError ? inUse(error.holder) : error;
  }
}

function inUse(holder: Holder | undefined): CommandError {
  const { simulatorUrl, gatewayUrl, uiUrl } = ready(holder) ?? {};
  return new CommandError(
    [
      `it runs already on ${inStateFolder()} (${described(holder)}).`,
      ...(simulatorUrl == null ? [] : [`  Mailbox: ${simulatorUrl}`]),
      ...(gatewayUrl == null ? [] : [`  Gateway: ${gatewayUrl}`]),
      ...(uiUrl == null ? [] : [`  Temporal's UI: ${uiUrl}`]),
      'End it with Ctrl-C in its terminal, or run another one beside it: set ONBOARDING_STATE_DIR to',
      'another folder, and choose other ports (`onboard up --help`).',
    ].join('\n'),
  );
}
