import { Problem } from '../problems/problem.ts';
import type { MailBudget, MailCause } from './mail-budget.ts';

/** Seconds: by then a mail or two are a day old, for all but who asks without a pause. */
const TRY_AGAIN_S = 3_600;

/** @throws Problem where the address has caused enough mails for today */
export async function refuseOverBudget(
  budget: MailBudget,
  emailHash: string | undefined,
  cause?: MailCause,
): Promise<void> {
  if (emailHash === undefined || (await budget.take(emailHash, cause))) return;
  throw new Problem('mail-budget-exhausted', { retryAfter: TRY_AGAIN_S });
}
