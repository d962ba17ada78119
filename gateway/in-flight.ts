/** Work that has to end before the gateway closes. */
import { within } from '../client/races.ts';

/** Every call to Temporal takes less. After that, only clients that do not read their answer are left. */
const SETTLED_WITHIN_MS = 10_000;

export class InFlight {
  readonly #promises = new Set<Promise<unknown>>();

  track<T>(promise: Promise<T>): Promise<T> {
    this.#promises.add(promise);
    const settled = (): void => {
      this.#promises.delete(promise);
    };
    promise.then(settled, settled);
    return promise;
  }

  /** Resolves once all promises that are tracked now have settled, or after 10 s. */
  async settled(): Promise<void> {
    const all = Promise.allSettled([...this.#promises]);
    await within<unknown>(SETTLED_WITHIN_MS, all, () => undefined);
  }
}
