/**
 * How many starts a gateway has in progress. Under more than Temporal can take, each start would take longer than its
 * deadline: all of Temporal's work would be for requests that are given up, and sign-up systems that repeat theirs would keep it
 * so. The limit follows Temporal: it falls by a third when a start is given up, and grows by one for as many successes as it is
 * high.
 */
import { TemporalUnavailableError } from '../client/index.ts';

const MOST = 200;
const LEAST = 4;
const FALLS_TO = 2 / 3;

export class StartLimit {
  #limit = MOST;
  #inProgress = 0;
  #fellAt = 0;

  /** @throws TemporalUnavailableError at once if too many are in progress, or the error of `start` */
  async run<T>(start: () => Promise<T>): Promise<T> {
    if (this.#inProgress >= this.#limit) {
      throw new TemporalUnavailableError('too many starts are in progress');
    }
    this.#inProgress += 1;
    const began = performance.now();
    try {
      const started = await start();
      this.#limit = Math.min(MOST, this.#limit + 1 / this.#limit);
      return started;
    } catch (error) {
      if (error instanceof TemporalUnavailableError) this.#fall(began);
      throw error;
    } finally {
      this.#inProgress -= 1;
    }
  }

  /** Starts that began before the last fall show nothing about the limit of now. */
  #fall(began: number): void {
    if (began < this.#fellAt) return;
    this.#limit = Math.max(LEAST, this.#limit * FALLS_TO);
    this.#fellAt = performance.now();
  }
}
