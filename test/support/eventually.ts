/** Waits until a condition holds, by checking it: tests never sleep for a guessed time. */
const LIMIT_MS = 60_000;
const FIRST_PAUSE_MS = 20;
/** To ask costs computing, here and in the asked process, and what takes long may take a little longer. */
const LONGEST_PAUSE_MS = 100;
const LONGER_BY = 1.25;

export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
  limitMs = LIMIT_MS,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * LONGER_BY, LONGEST_PAUSE_MS)) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end)
      throw new Error(`never ${what}; last: ${JSON.stringify(answer, null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
