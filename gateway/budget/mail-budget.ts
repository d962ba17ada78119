/** How often an address may be mailed because of us in a day, so that nobody can be bombarded through us. */
import { LRUCache } from 'lru-cache';
import { createStartCount, type StartCountOptions } from './start-count.ts';

const DAY_MS = 86_400_000;
/** Addresses remembered; beyond, what Temporal knows counts alone. */
const MOST_ADDRESSES = 100_000;

export interface MailCause {
  /** Whose onboarding it is. */
  readonly reference: string;
  /** `start`: repeated for the same reference, it causes no further mail. */
  readonly by: 'start' | 'message';
  /** A message that is repeated with the same id causes no further mail. */
  readonly id?: string | undefined;
}

export interface MailBudget {
  /**
   * Whether one more mail may be caused for this address today; counts it if so.
   *
   * @param emailHash the keyed hash of the address
   */
  take(emailHash: string, cause?: MailCause): Promise<boolean>;
}

export interface MailBudgetOptions extends StartCountOptions {
  /** Most mails for an address in 24 hours, across references. */
  readonly perDay: number;
  readonly now?: (() => number) | undefined;
}

/**
 * Starts are counted in Temporal, which all processes share and none forgets; what Temporal's search does
 * not show yet, and mails within an onboarding, are counted here beside it.
 */
export function createMailBudget({
  onboardings,
  perDay,
  now = Date.now,
}: MailBudgetOptions): MailBudget {
  const taken = new LRUCache<string, ReadonlyMap<string, number>>({ max: MOST_ADDRESSES });
  const startsOf = createStartCount({ onboardings });
  let messages = 0;

  /** What was counted here, by what it was for. */
  function countedHere(emailHash: string): Map<string, number> {
    const since = now() - DAY_MS;
    return new Map([...(taken.get(emailHash) ?? [])].filter(([, at]) => at > since));
  }

  return {
    async take(emailHash, cause) {
      const isStart = cause?.by === 'start';
      const token = isStart ? `start/${cause.reference}` : `message/${cause?.id ?? messages++}`;
      const before = countedHere(emailHash);
      if (before.has(token)) return true;
      if (before.size >= perDay) return false;
      const starts = await startsOf(emailHash, new Date(now() - DAY_MS));
      const others = starts.filter((reference) => !isStart || reference !== cause.reference);
      // Another request may have taken one meanwhile.
      const here = countedHere(emailHash);
      const messagesHere = [...here.keys()].filter((one) => one.startsWith('message/')).length;
      const startsHere = here.size - messagesHere;
      if (Math.max(others.length, startsHere) + messagesHere >= perDay) return false;
      taken.set(emailHash, here.set(token, now()));
      return true;
    },
  };
}
