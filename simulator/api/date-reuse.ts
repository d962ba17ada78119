/** Remembers the dates of signed calls, for AR24s that take each once (10, item 7). */
export class DateReuse {
  /** Date as sent, and when it can be forgotten, in ms since the epoch. */
  readonly #seen = new Map<string, number>();

  /** @returns whether the date had been used before */
  use(date: string, now: Date, keepForS: number): boolean {
    for (const [old, until] of this.#seen) if (until < now.getTime()) this.#seen.delete(old);
    const reused = this.#seen.has(date);
    this.#seen.set(date, now.getTime() + keepForS * 1000);
    return reused;
  }
}
