/** How often an address may be mailed because of us in a day, so that nobody can be bombarded through us. */
import { LRUCache } from 'lru-cache';
import { createStartCount, type StartCountOptions } from './start-count.ts';

const DAY_MS = 86_400_000;
/** Addresses remembered; beyond, what Temporal knows counts alone. */
const MOST_ADDRESSES = 100_000;

export type MailCause =
  | {
      /** An onboarding begins. Repeated for the same reference, it causes no further mail. */
      readonly by: 'start';
      readonly reference: string;
      /** The run that ended before, where it begins again: once after each. */
      readonly after?: string | undefined;
    }
  | {
      /** A message that is repeated with the same id causes no further mail. */
      readonly by: 'message';
      readonly id: string;
    };

/** One mail of the day's, counted. */
export interface MailTaken {
  /** None came of it after all. Does nothing where it had been counted before. */
  giveBack(): void;
}

export interface MailBudget {
  /**
   * Counts one more mail for this address today; undefined where there were enough.
   *
   * @param emailHash the keyed hash of the address
   */
  take(emailHash: string, cause: MailCause): Promise<MailTaken | undefined>;
}

export interface MailBudgetOptions extends StartCountOptions {
  /** Most mails for an address in 24 hours, across references. */
  readonly perDay: number;
  readonly now?: (() => number) | undefined;
}

const REPEATED: MailTaken = { giveBack: () => undefined };

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

  /** What was counted here, by what it was for. */
  function countedHere(emailHash: string): Map<string, number> {
    const since = now() - DAY_MS;
    return new Map([...(taken.get(emailHash) ?? [])].filter(([, at]) => at > since));
  }

  return {
    async take(emailHash, cause) {
      const token = tokenOf(cause);
      const before = countedHere(emailHash);
      if (before.has(token)) return REPEATED;
      if (before.size >= perDay) return undefined;
      const starts = await startsOf(emailHash, new Date(now() - DAY_MS));
      const others = starts.filter((reference) => !isOwn(reference, cause));
      // Another request may have taken one meanwhile.
      const here = countedHere(emailHash);
      if (here.has(token)) return REPEATED;
      const messagesHere = [...here.keys()].filter((one) => one.startsWith('message/')).length;
      const startsHere = here.size - messagesHere;
      if (Math.max(others.length, startsHere) + messagesHere >= perDay) return undefined;
      taken.set(emailHash, here.set(token, now()));
      return {
        giveBack() {
          const left = countedHere(emailHash);
          left.delete(token);
          taken.set(emailHash, left);
        },
      };
    },
  };
}

function tokenOf(cause: MailCause): string {
  return cause.by === 'start'
    ? `start/${cause.reference}/${cause.after ?? ''}`
    : `message/${cause.id}`;
}

/** Whether a start that Temporal knows is the very one that is to be counted: those before it are not. */
function isOwn(reference: string, cause: MailCause): boolean {
  return cause.by === 'start' && cause.after === undefined && cause.reference === reference;
}
