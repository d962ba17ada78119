/** AR24's schedule of webhook attempts (docs/ar24-api.md 8). */
export const MAX_ATTEMPTS = 48;
export const RETRY_AFTER_MS = 15 * 60_000;

/** How long AR24 waits for an answer to the attempt, in ms. Attempts count from 1. */
export function timeoutMs(attempt: number): number {
  if (attempt < 10) return 2_500;
  if (attempt < 20) return 4_500;
  if (attempt < 30) return 6_500;
  if (attempt < 40) return 8_500;
  return 11_000;
}
