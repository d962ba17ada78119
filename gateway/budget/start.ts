import type { OnboardingClient, StartRequest, StartResult } from '../../client/index.ts';
import type { MailBudget } from './mail-budget.ts';
import { takeFromBudget } from './take.ts';

export interface Starting {
  readonly onboardings: Pick<OnboardingClient, 'emailHashOf' | 'newestRun' | 'start'>;
  readonly budget: MailBudget;
}

/**
 * Starts an onboarding, and counts it as a mail where one begins: what is only asked for again causes none,
 * and is answered on any day.
 *
 * @throws Problem where the address has caused enough mails for today, InvalidRequestError,
 *   TemporalUnavailableError
 */
export async function startWithinBudget(
  { onboardings, budget }: Starting,
  request: StartRequest,
  { restart = false }: { readonly restart?: boolean } = {},
): Promise<StartResult> {
  const emailHash = onboardings.emailHashOf(request.email);
  const { reference } = request;
  const former = await onboardings.newestRun(reference);
  const begins = former === undefined || (restart && former.hasEnded);
  if (begins) {
    await takeFromBudget(budget, emailHash, { by: 'start', reference, after: former?.runId });
  }
  return onboardings.start(request, { restart });
}
