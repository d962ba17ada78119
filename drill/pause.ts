import { setTimeout as delay } from 'node:timers/promises';

/** @param ms milliseconds */
export function pause(ms: number): Promise<void> {
  return delay(ms);
}

/**
 * Asks again and again until it is so.
 *
 * @throws Error that says what never came to be, after `limitMs`
 */
export async function until(
  what: string,
  limitMs: number,
  isSo: () => Promise<boolean>,
  everyMs = 200,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${Math.round(limitMs / 1000)} s`);
    await delay(everyMs);
  }
}
