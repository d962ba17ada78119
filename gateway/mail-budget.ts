/** Bounds how many mails one address may get through us in a day, so that nobody can be flooded. */
import {
  UpdateRefusedError,
  type MailTaken,
  type OnboardingClient,
  type StartOptions,
  type StartRequest,
  type StartResult,
} from '../client/index.ts';
import { HttpProblem } from './problems/problem.ts';

/** Seconds. By then at least one mail is a day old, unless they were all caused at once. */
const TRY_AGAIN_S = 3_600;

export interface MailBudget {
  /**
   * Counts one more mail to this address.
   *
   * @param mailKey from `keyOf` or `keyOfAddress` of the client's `mails`
   * @param cause a repetition with the same cause counts once
   * @returns undefined if the address has no mail left within 24 hours
   */
  take(mailKey: string, cause: string): Promise<MailTaken | undefined>;
}

export function createMailBudget({
  onboardings,
  perDay,
  onRefused,
}: {
  readonly onboardings: Pick<OnboardingClient, 'mails'>;
  readonly perDay: number;
  /** Called if an address has no mail left. */
  readonly onRefused: () => void;
}): MailBudget {
  return {
    async take(mailKey, cause) {
      const taken = await onboardings.mails.take(mailKey, { cause, most: perDay });
      if (taken === undefined) onRefused();
      return taken;
    },
  };
}

/** @throws HttpProblem if the address has no mail left today */
export async function takeFromBudget(
  budget: MailBudget,
  mailKey: string,
  cause: string,
): Promise<MailTaken> {
  const taken = await budget.take(mailKey, cause);
  if (taken === undefined)
    throw new HttpProblem('mail-budget-exhausted', { retryAfter: TRY_AGAIN_S });
  return taken;
}

export interface Starting {
  readonly onboardings: Pick<OnboardingClient, 'mails' | 'newestRun' | 'start'>;
  readonly budget: MailBudget;
}

/**
 * Starts an onboarding, and counts a mail if a run begins. A repeated request mails nobody, so it is answered on any
 * day.
 *
 * @throws HttpProblem if the address has no mail left today, InvalidRequestError, UpdateRefusedError,
 *   TemporalUnavailableError
 */
export async function startWithinBudget(
  { onboardings, budget }: Starting,
  request: StartRequest,
  { restart = false, ...options }: Omit<StartOptions, 'bulk' | 'mail'> = {},
): Promise<StartResult> {
  const mailKey = onboardings.mails.keyOfAddress(request.email);
  const { reference } = request;
  const previous = await onboardings.newestRun(reference);
  const begins = previous === undefined || (restart && previous.hasEnded);
  if (!begins) return onboardings.start(request, { restart, ...options });
  // Counted before the start: a run that has begun cannot be taken back if no mail is left.
  const cause = `start/${reference}/${previous?.runId ?? ''}`;
  const mail = await takeFromBudget(budget, mailKey, cause);
  try {
    const result = await onboardings.start(request, {
      restart,
      ...options,
      mail: 'counted',
    });
    const isAnothers = result.kind === 'open-differs' || result.kind === 'ended';
    // If the other request had the same address, its mail has the same cause and rests on this place.
    if (isAnothers && (await onboardings.mails.keyOf(reference)) !== mailKey) await mail.giveBack();
    return result;
  } catch (error) {
    if (error instanceof UpdateRefusedError) await mail.giveBack();
    throw error;
  }
}
