/**
 * Chooses the date of each call. AR24 may accept a `date` once only (docs/ar24-api.md 10, item 7), and dates have
 * whole seconds. So calls made within one second get successive seconds, as far as AR24's window goes.
 */

/** The dates that AR24 accepts, in seconds from now. */
const WINDOW_S = 600;
/** Not used at the end of the window, since this machine's clock may be ahead of AR24's. */
const SPARE_S = 60;
/** Without a share, calls of one second are spread over this many seconds. */
const SPREAD_S = 120;

/** This process is number `number` of `of` processes. Each uses seconds of its own. */
export interface DateShare {
  /** From 1 on. */
  readonly number: number;
  readonly of: number;
}

export class CallDates {
  readonly #aheadS: number;
  readonly #share: DateShare | undefined;
  /** Seconds since the epoch. Past ones are removed. */
  readonly #given = new Set<number>();

  constructor(aheadS: number, share: DateShare | undefined) {
    this.#aheadS = aheadS;
    this.#share = share;
  }

  /**
   * The next date that no call of this client has used.
   *
   * @returns undefined if this process has a share and has used all of it until the next second. Without a
   *   share, dates are repeated if very many calls are made at once.
   */
  next(now: Date): Date | undefined {
    const nowS = secondsOf(now);
    for (const second of this.#given) if (second < nowS) this.#given.delete(second);
    const first = nowS + this.#aheadS;
    const end = nowS + Math.max(this.#aheadS, Math.min(WINDOW_S - SPARE_S, this.#mostAheadS()));
    for (let second = first; second <= end; second += 1) {
      if (this.#given.has(second) || !this.#isOurs(second)) continue;
      this.#given.add(second);
      return new Date(second * 1000);
    }
    return this.#share === undefined ? new Date(first * 1000) : undefined;
  }

  /** For a call whose date AR24 refused: the date most likely to be accepted, used before or not. */
  likeliest(now: Date): Date | undefined {
    return this.#share === undefined
      ? new Date((secondsOf(now) + this.#aheadS) * 1000)
      : this.next(now);
  }

  #mostAheadS(): number {
    return this.#share === undefined ? this.#aheadS + SPREAD_S : WINDOW_S;
  }

  #isOurs(second: number): boolean {
    const share = this.#share;
    return share === undefined || second % share.of === share.number - 1;
  }
}

/** @throws RangeError if `now` is no valid date */
function secondsOf(now: Date): number {
  const seconds = Math.floor(now.getTime() / 1000);
  if (Number.isNaN(seconds)) throw new RangeError('AR24 client: the clock shows no valid time');
  return seconds;
}
