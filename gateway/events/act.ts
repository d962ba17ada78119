/** What an event does. Each may come again, late, or before the one that it follows on. */
import {
  OnboardingNotFoundError,
  UpdateRefusedError,
  type OnboardingClient,
} from '../../client/index.ts';
import { startWithinBudget, type Starting } from '../budget/start.ts';
import type { Deed } from './read-event.ts';

export interface Acting extends Starting {
  readonly onboardings: Pick<OnboardingClient, 'accept' | 'eraseByEvent' | 'hint' | 'withdraw'> &
    Starting['onboardings'];
}

export interface Said {
  /** The source, as an actor. */
  readonly by: string;
  /** The same however often it is delivered. */
  readonly eventId: string;
}

/**
 * Durable in Temporal once it resolves, with no worker up too.
 *
 * @returns what became of it, for the log
 * @throws Problem where the address has caused enough mails, InvalidRequestError on a reference or an
 *   address that can be none, TemporalUnavailableError
 */
export async function act(
  { onboardings, budget }: Acting,
  deed: Exclude<Deed, { readonly kind: 'none' | 'unusable' }>,
  { by, eventId }: Said,
): Promise<string> {
  switch (deed.kind) {
    case 'start':
      // One that has ended is not started again: that takes somebody who wants it.
      return (await startWithinBudget({ onboardings, budget }, deed.request)).kind;
    case 'cancel':
      return onboardings.withdraw(deed.reference, { by, reason: deed.type, eventId });
    case 'erase':
      return (await onboardings.eraseByEvent(deed.reference, { by, eventId })).kind;
    case 'resume': {
      const open = await onboardings.hint([deed.reference], { by });
      return open.length > 0 ? 'looked at' : 'none open';
    }
    case 'claim':
      try {
        await onboardings.accept(deed.reference, { what: deed.what, by });
        return 'claimed';
      } catch (error) {
        const none =
          error instanceof OnboardingNotFoundError || error instanceof UpdateRefusedError;
        if (none) return 'none open';
        throw error;
      }
  }
}
