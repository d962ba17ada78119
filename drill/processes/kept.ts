/** A process that is restarted whenever it ends, as by an orchestrator. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { clearAtExit } from '../clear-at-exit.ts';
import { pause } from '../pause.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment: nothing is inherited from this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Its output is appended to this file. */
  readonly logFile: string;
  /** The user it runs as, if this process is root and the program must not be. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
}

export interface Kept {
  /** Undefined while no process runs. */
  readonly pid: () => number | undefined;
  /** `kill -9`; resolves when the process has ended. It is then restarted. */
  readonly kill: () => Promise<void>;
  /** `kill -9` without a restart. The returned function starts it again. */
  readonly hold: () => Promise<() => void>;
  /** Gives it no CPU (SIGSTOP) for so long. Other programs see a process that does not answer. */
  readonly freeze: (ms: number) => Promise<void>;
  /** The number of kills. */
  readonly kills: () => number;
  /** How often it ended without being killed; expected to be 0. */
  readonly ends: () => number;
  /** Stops the process, and does not restart it. */
  readonly stop: () => Promise<void>;
}

const BEFORE_NEXT_MS = 100;
/** Longer after an end without a kill, so that a failing program does not fill the disk with its log. */
const AFTER_END_MS = 1_000;
const STOP_GRACE_MS = 10_000;

export function keepRunning(program: Program): Kept {
  const counts = { kills: 0, ends: 0 };
  const stopping = new AbortController();
  const aborted = Promise.withResolvers<undefined>();
  stopping.signal.addEventListener('abort', () => {
    aborted.resolve(undefined);
  });
  const victims = new WeakSet<ChildProcess>();
  let child: ChildProcess | undefined;
  let held: Promise<undefined> | undefined;

  const countAndPause = async (one: ChildProcess): Promise<void> => {
    if (stopping.signal.aborted) return;
    const wasKilled = victims.has(one);
    if (wasKilled) counts.kills++;
    else counts.ends++;
    await pause(wasKilled ? BEFORE_NEXT_MS : AFTER_END_MS);
    await Promise.race([held, aborted.promise]);
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

  const kill = async (): Promise<void> => {
    const victim = child;
    if (victim === undefined) return;
    victims.add(victim);
    victim.kill('SIGKILL');
    await ended(victim);
  };
  return {
    pid: () => child?.pid,
    kill,
    async hold() {
      const release = Promise.withResolvers<undefined>();
      held = release.promise;
      await kill();
      return () => {
        release.resolve(undefined);
      };
    },
    async freeze(ms) {
      const frozen = child;
      frozen?.kill('SIGSTOP');
      const forget = clearAtExit(() => frozen?.kill('SIGCONT'));
      await pause(ms);
      frozen?.kill('SIGCONT');
      forget();
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
  // In its own process group: Ctrl-C ends only this process, which then stops the others in order.
  const child = spawn(command, args, {
    env: { ...env },
    detached: true,
    stdio: ['ignore', log, log],
    ...user,
  });
  closeSync(log);
  return child;
}

/** Resolves also if the process could not be started. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await once(child, 'exit').catch(() => undefined);
}
