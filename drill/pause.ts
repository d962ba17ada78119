import { setTimeout as delay } from 'node:timers/promises';

/** @param ms milliseconds */
export function pause(ms: number): Promise<void> {
  return delay(ms);
}

/**
 * Polls until a condition holds.
 *
 * @param what the condition, for the error message
 * @throws Error if the condition does not hold within `limitMs`
 */
export async function until(
  what: string,
  limitMs: number,
  holds: () => Promise<boolean>,
  everyMs = 200,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${Math.round(limitMs / 1000)} s`);
    await delay(everyMs);
  }
}
