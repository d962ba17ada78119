/** From whom a webhook is about to the onboardings that look at AR24. */
import { LRUCache } from 'lru-cache';
import {
  InvalidRequestError,
  type HintedPerson,
  type OnboardingClient,
} from '../../client/index.ts';
import { sharedSearch } from '../shared-search.ts';
import { joined } from './joined.ts';

const BY = 'ar24-webhook';
const MOST_PEOPLE = 50_000;
/** One found stays true as long as it is open; a second onboarding of a person has to wait for so long. */
const REMEMBERED_MS = 2 * 60_000;
/** A query of some thousand characters. */
const MOST_PEOPLE_A_SEARCH = 50;
/** Temporal takes 10,000 signals of one workflow, and one after the other. */
const HINT_EVERY_MS = 200;

export interface HintsOptions {
  readonly onboardings: Pick<OnboardingClient, 'emailHashOf' | 'hint' | 'openOf'>;
}

export interface Hints {
  /**
   * Has AR24 looked at for whatever is open of this person. Durable once it resolves.
   *
   * @returns how many onboardings that were
   * @throws TemporalUnavailableError
   */
  send(person: HintedPerson): Promise<number>;
}

/**
 * Remembers whom it has found, so that many webhooks at once cost a signal each, and no search. Never
 * remembers that there was nobody: an onboarding may be there the next moment.
 */
export function createHints({ onboardings }: HintsOptions): Hints {
  const search = sharedSearch<HintedPerson, readonly string[]>(
    (people) => onboardings.openOf(people),
    MOST_PEOPLE_A_SEARCH,
  );
  const found = new LRUCache<string, readonly string[], HintedPerson>({
    max: MOST_PEOPLE,
    ttl: REMEMBERED_MS,
    // Those who ask for the same at the same time wait for one search.
    fetchMethod: async (_key, _stale, { context }) => {
      const references = await search(context);
      return references.length === 0 ? undefined : references;
    },
  });

  /** Whether it was open. */
  const hintOnce = joined(HINT_EVERY_MS, async (reference) => {
    const open = await onboardings.hint([reference], { by: BY });
    return open.length > 0;
  });

  async function sendOnce(key: string, context: HintedPerson): Promise<number> {
    const references = (await found.fetch(key, { context })) ?? [];
    const open = await Promise.all(references.map(hintOnce));
    // Another may have been found meanwhile.
    if (open.includes(false) && found.peek(key) === references) found.delete(key);
    return open.filter((one) => one).length;
  }

  return {
    async send(person) {
      const { accountId } = person;
      const hash = hashOf(person.email);
      if (accountId === undefined && hash === undefined) return 0;
      // Never the address itself, not even in memory.
      const key = `${accountId ?? ''} ${hash ?? ''}`;
      const context = { accountId, email: hash === undefined ? undefined : person.email };
      const known = found.has(key);
      const sent = await sendOnce(key, context);
      // What was remembered has ended since; there may be another by now.
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
