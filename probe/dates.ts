/**
 * The dates of the probe's calls. None is used twice unless a step does so on purpose: AR24 may accept each date once
 * (docs/ar24-api.md 10, item 7).
 */
import { setTimeout as pause } from 'node:timers/promises';

/** AR24 accepts dates from now to ten minutes later (docs/ar24-api.md 1.3). */
const AHEAD_S = 120;
const LAST_S = 540;
const CHECK_MS = 100;

export class ProbeDates {
  /** Seconds since the epoch. */
  readonly #used = new Set<number>();

  /** A moment well inside AR24's window, not used before. */
  async next(): Promise<Date> {
    for (;;) {
      const nowS = Math.floor(Date.now() / 1000);
      for (let second = nowS + AHEAD_S; second <= nowS + LAST_S; second += 1) {
        if (!this.#used.has(second)) return this.use(second);
      }
      await pause(CHECK_MS);
    }
  }

  /** A chosen second since the epoch, whether used before or not. */
  use(second: number): Date {
    this.#used.add(second);
    return new Date(second * 1000);
  }
}
