/** A process that is started again whenever it ends, as an orchestrator does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { clearAtExit } from '../leavings.ts';
import { pause } from '../pause.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** All that it is told: nothing of the environment of whoever runs the drill. */
  readonly env: Readonly<Record<string, string>>;
  /** What it prints is added to this file. */
  readonly logFile: string;
  /** Whom it runs as, where we are root and it must not be. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export interface Kept {
  /** Undefined for the moment in which there is none. */
  readonly pid: () => number | undefined;
  /** `kill -9`; resolves when it is gone. The next one is on its way then. */
  readonly kill: () => Promise<void>;
  /** How often it was killed by the above. */
  readonly kills: () => number;
  /** How often it ended by itself: nobody should. */
  readonly ends: () => number;
  /** Ends it, and starts no other. */
  readonly stop: () => Promise<void>;
}

const BEFORE_NEXT_MS = 100;
/** One that ends by itself is given more time, so that it cannot fill the disk with its last words. */
const AFTER_END_MS = 1_000;
const STOP_GRACE_MS = 10_000;

export function keepRunning(program: Program): Kept {
  const counts = { kills: 0, ends: 0 };
  const stopping = new AbortController();
  const victims = new WeakSet<ChildProcess>();
  let child: ChildProcess | undefined;

  const countAndPause = async (one: ChildProcess): Promise<void> => {
    if (stopping.signal.aborted) return;
    const wasKilled = victims.has(one);
    if (wasKilled) counts.kills++;
    else counts.ends++;
    await pause(wasKilled ? BEFORE_NEXT_MS : AFTER_END_MS);
  };
  const keeping = (async () => {
    while (!stopping.signal.aborted) {
      const one = start(program);
      child = one;
      const forget = clearAtExit(() => one.kill('SIGKILL'));
      await ended(one);
      forget();
      child = undefined;
      await countAndPause(one);
    }
  })();

  return {
    pid: () => child?.pid,
    async kill() {
      const victim = child;
      if (victim === undefined) return;
      victims.add(victim);
      victim.kill('SIGKILL');
      await ended(victim);
    },
    kills: () => counts.kills,
    ends: () => counts.ends,
    async stop() {
      stopping.abort();
      const last = child;
      last?.kill('SIGTERM');
      const force = setTimeout(() => last?.kill('SIGKILL'), STOP_GRACE_MS);
      await keeping;
      clearTimeout(force);
    },
  };
}

function start({ command, args, env, logFile, user }: Program): ChildProcess {
  const log = openSync(logFile, 'a');
  // In a group of its own: Ctrl-C is for us, who end it in order.
  const child = spawn(command, args, {
    env: { ...env },
    detached: true,
    stdio: ['ignore', log, log],
    ...user,
  });
  closeSync(log);
  return child;
}

/** Also of one that could not be started. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit').catch(() => undefined);
}
