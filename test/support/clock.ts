const HALF_AN_HOUR_MS = 30 * 60_000;

/**
 * Runs `use` while the clock of this process is half an hour behind; `performance.now()` is not
 * affected.
 */
export async function withClockSetBack<T>(use: () => Promise<T>): Promise<T> {
  const right = Date.now.bind(Date);
  Date.now = () => right() - HALF_AN_HOUR_MS;
  try {
    return await use();
  } finally {
    Date.now = right;
  }
}
