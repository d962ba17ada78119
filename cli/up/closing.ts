/** What has been started, and is to be stopped in the opposite order. */
export class Closing {
  readonly #closes: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.#closes.push(close);
  }

  /**
   * Stops everything. One that cannot be stopped does not keep the others from it.
   *
   * @throws the first failure, once all have been tried
   */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closes.pop(); close !== undefined; close = this.#closes.pop()) {
      await close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
