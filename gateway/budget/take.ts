import { Problem } from '../problems/problem.ts';
import type { MailBudget, MailCause, MailTaken } from './mail-budget.ts';

/** Seconds: by then a mail or two are a day old, for all but who asks without a pause. */
const TRY_AGAIN_S = 3_600;

/** @throws Problem where the address has caused enough mails for today */
export async function takeFromBudget(
  budget: MailBudget,
  emailHash: string,
  cause: MailCause,
): Promise<MailTaken> {
  const taken = await budget.take(emailHash, cause);
  if (taken === undefined) throw new Problem('mail-budget-exhausted', { retryAfter: TRY_AGAIN_S });
  return taken;
}
