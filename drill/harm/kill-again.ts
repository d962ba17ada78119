import { pause } from '../pause.ts';

export interface Killing {
  /** Milliseconds before each kill. */
  readonly everyMs: number;
  readonly times: number;
}

/** Kills a process repeatedly; an orchestrator restarts it. Resolves after the last kill. */
export async function killAgain(
  kill: () => Promise<void>,
  { everyMs, times }: Killing,
): Promise<void> {
  const begin = Date.now();
  for (let n = 1; n <= times; n++) {
    await pause(Math.max(0, begin + n * everyMs - Date.now()));
    await kill();
  }
}
