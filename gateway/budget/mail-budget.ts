/** How often an address may be mailed because of us in a day, so that nobody can be bombarded through us. */
import { LRUCache } from 'lru-cache';
import type { OnboardingClient } from '../../client/index.ts';

const DAY_MS = 86_400_000;
/** Addresses remembered; beyond, what Temporal knows counts alone. */
const MOST_ADDRESSES = 100_000;

export interface MailCause {
  /** Whose onboarding it is. */
  readonly reference: string;
  /** `start`: repeated for the same reference, it causes no further mail. */
  readonly by: 'start' | 'message';
}

export interface MailBudget {
  /**
   * Whether one more mail may be caused for this address today; counts it if so.
   *
   * @param emailHash the keyed hash of the address
   * @throws TemporalUnavailableError
   */
  take(emailHash: string, cause?: MailCause): Promise<boolean>;
}

export interface MailBudgetOptions {
  readonly onboardings: Pick<OnboardingClient, 'countStarts'>;
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
  const taken = new LRUCache<string, Map<string, number>>({ max: MOST_ADDRESSES });
  let messages = 0;
  return {
    async take(emailHash, cause) {
      const since = now() - DAY_MS;
      const isStart = cause?.by === 'start';
      const token = isStart ? `start/${cause.reference}` : `message/${messages++}`;
      if (recent(taken.get(emailHash), since).has(token)) return true;
      const others = await onboardings.countStarts(emailHash, {
        since: new Date(since),
        butOf: isStart ? cause.reference : undefined,
      });
      const here = recent(taken.get(emailHash), since);
      const messagesHere = [...here.keys()].filter((one) => one.startsWith('message/')).length;
      const startsHere = here.size - messagesHere;
      if (Math.max(others, startsHere) + messagesHere >= perDay) return false;
      here.set(token, now());
      taken.set(emailHash, here);
      return true;
    },
  };
}

function recent(mails: ReadonlyMap<string, number> | undefined, since: number) {
  return new Map([...(mails ?? [])].filter(([, at]) => at > since));
}
