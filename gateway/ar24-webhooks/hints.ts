/** Finds the open onboardings of the person in a webhook, and has them read AR24. */
import { LRUCache } from 'lru-cache';
import {
  InvalidRequestError,
  sharedSearch,
  type HintedPerson,
  type OnboardingClient,
} from '../../client/index.ts';
import { atMost } from '../bounded.ts';
import { coalesced } from './coalesced.ts';

const BY = 'ar24-webhook';
const MOST_PEOPLE = 50_000;
/** A result stays valid while the onboarding is open. A second onboarding of the person is found after this time. */
const REMEMBERED_MS = 2 * 60_000;
/** Keeps the query at some thousand characters. */
const MOST_PEOPLE_A_SEARCH = 50;
/** A workflow accepts 10,000 signals, and handles them one by one. */
const HINT_EVERY_MS = 200;

export interface HintsOptions {
  readonly onboardings: Pick<OnboardingClient, 'emailHashOf' | 'hint' | 'openOf'>;
}

export interface HintSender {
  /**
   * Has all open onboardings of this person read AR24. Durable once it resolves.
   *
   * @returns the number of these onboardings
   * @throws TemporalUnavailableError
   */
  send(person: HintedPerson): Promise<number>;
}

/**
 * Caches the onboardings of a person, so that many webhooks at once need a signal each, and no search. An empty result
 * is not cached, as an onboarding may start the next moment.
 */
export function createHints({ onboardings }: HintsOptions): HintSender {
  const search = sharedSearch<HintedPerson, readonly string[]>(
    (people) => onboardings.openOf(people),
    MOST_PEOPLE_A_SEARCH,
  );
  const found = new LRUCache<string, readonly string[], HintedPerson>({
    ...atMost(MOST_PEOPLE),
    ttl: REMEMBERED_MS,
    // Simultaneous webhooks of one person share a search.
    fetchMethod: async (_key, _stale, { context }) => {
      const references = await search(context);
      return references.length === 0 ? undefined : references;
    },
  });

  /** @returns whether the onboarding was open */
  const hintOnce = coalesced(HINT_EVERY_MS, async (reference) => {
    const open = await onboardings.hint([reference], { by: BY });
    return open.length > 0;
  });

  async function sendOnce(key: string, context: HintedPerson): Promise<number> {
    const references = (await found.fetch(key, { context })) ?? [];
    const open = await Promise.all(references.map(hintOnce));
    // Another search may have replaced the cached result meanwhile.
    if (open.includes(false) && found.peek(key) === references) found.delete(key);
    return open.filter((one) => one).length;
  }

  return {
    async send(person) {
      const { accountId } = person;
      const hash = hashOf(person.email);
      if (accountId === undefined && hash === undefined) return 0;
      // The key holds a hash, so that no address stays in memory.
      const key = `${accountId ?? ''} ${hash ?? ''}`;
      const context = { accountId, email: hash === undefined ? undefined : person.email };
      const known = found.has(key);
      const sent = await sendOnce(key, context);
      // The cached onboarding has ended, and another may have started.
      return sent === 0 && known ? sendOnce(key, context) : sent;
    },
  };

  function hashOf(email: string | undefined): string | undefined {
    try {
      return email === undefined ? undefined : onboardings.emailHashOf(email);
    } catch (error) {
      if (error instanceof InvalidRequestError) return undefined;
      throw error;
    }
  }
}
