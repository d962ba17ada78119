import { pause } from '../pause.ts';

export interface Killing {
  /** Milliseconds from one kill to the next, and to the first. */
  readonly everyMs: number;
  readonly times: number;
}

/** Kills, and what is killed comes back by itself; resolves after the last time. */
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
