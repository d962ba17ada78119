/** Carries out the action of an event. Events may arrive twice, late, or out of order. */
import {
  OnboardingNotFoundError,
  UpdateRefusedError,
  type OnboardingClient,
} from '../../client/index.ts';
import { startWithinBudget, takeFromBudget, type Starting } from '../mail-budget.ts';
import type { EventAction } from './read-event.ts';

export interface Acting extends Starting {
  readonly onboardings: Pick<
    OnboardingClient,
    'accept' | 'eraseByEvent' | 'hint' | 'reportAddress' | 'withdraw'
  > &
    Starting['onboardings'];
}

export interface Origin {
  /** The source of the event, as an actor. */
  readonly by: string;
  /** The same for each delivery of the event. */
  readonly eventId: string;
}

/**
 * Durable in Temporal once it resolves, even if no worker runs.
 *
 * @returns the result, for the log
 * @throws HttpProblem if the address has no mail left today, InvalidRequestError if the reference or address is invalid,
 *   TemporalUnavailableError
 */
export async function act(
  acting: Acting,
  action: Exclude<EventAction, { readonly kind: 'none' | 'unusable' | 'without-address' }>,
  { by, eventId }: Origin,
): Promise<string> {
  const { onboardings } = acting;
  switch (action.kind) {
    case 'start':
      // An event never restarts an ended onboarding. Only a person may decide that.
      return (
        await startWithinBudget(acting, action.request, {
          by,
          addressAsOf: action.addressAsOf,
          door: 'event',
        })
      ).kind;
    case 'correct':
      return correct(acting, action, { by, eventId });
    case 'cancel':
      return onboardings.withdraw(action.reference, { by, reason: action.type, eventId });
    case 'erase':
      return (await onboardings.eraseByEvent(action.reference, { by, eventId })).kind;
    case 'resume': {
      const open = await onboardings.hint([action.reference], { by });
      return open.length > 0 ? 'read' : 'none open';
    }
    case 'claim':
      return unlessEnded('none open', async () => {
        await onboardings.accept(action.reference, { what: action.what, by });
        return 'claimed';
      });
  }
}

/** The address stays as it is once an account exists, or the onboarding has ended. */
async function correct(
  acting: Acting,
  { report, otherwise }: Extract<EventAction, { readonly kind: 'correct' }>,
  { by, eventId }: Origin,
): Promise<string> {
  const { onboardings, budget } = acting;
  const { reference, ...address } = report;
  // An invalid address is refused in any state.
  const mailKey = onboardings.mails.keyOfAddress(address.email);
  const run = await onboardings.newestRun(reference);
  if (run === undefined) {
    if (otherwise === undefined) return 'none open';
    const { kind } = await startWithinBudget(acting, otherwise, {
      by,
      addressAsOf: address.asOf,
      door: 'event',
    });
    // If another event has started it meanwhile, the onboarding has that event's address.
    if (kind !== 'open' && kind !== 'open-differs') return kind;
  } else if (run.hasEnded) return 'ended';
  const mail = (await onboardings.mails.mayMailIfCorrected(reference, address.email))
    ? await takeFromBudget(budget, mailKey, `message/${reference}/${eventId}`)
    : undefined;
  const outcome = await unlessEnded('ended', async () => {
    await onboardings.reportAddress(reference, { ...address, by });
    return 'address reported' as const;
  });
  if (outcome === 'ended') await mail?.giveBack();
  return outcome;
}

async function unlessEnded<Ended extends string, Sent extends string>(
  ended: Ended,
  send: () => Promise<Sent>,
): Promise<Ended | Sent> {
  try {
    return await send();
  } catch (error) {
    const none = error instanceof OnboardingNotFoundError || error instanceof UpdateRefusedError;
    if (none) return ended;
    throw error;
  }
}
