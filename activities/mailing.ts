/**
 * Calls by which AR24 mails somebody. After a lost answer there is nothing to read back, so a try
 * that may have got through is reported, not retried here: the plan repeats it once, and then leaves
 * it to the reminder. What a worker that died in the middle had sent is counted by the next one.
 */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type { AskResult, ProblemKind } from '../workflows/contract/index.ts';
import { wasCancelled } from './attempt.ts';
import { problemKindOf } from './failure.ts';
import { formFieldOf } from './form-field.ts';
import type { WriteAttempt } from './write-attempt.ts';

const MOST_SENDS = 2;

type Asked = AskResult['asked'];

export async function askedByMail(
  attempt: WriteAttempt,
  send: (ar24: Ar24Client, options: CallOptions) => Promise<{ readonly link?: string } | undefined>,
): Promise<Asked> {
  const { lostBefore } = attempt;
  if (lostBefore >= MOST_SENDS) return unanswered(lostBefore);
  try {
    const answer = await attempt.send(send);
    return { kind: 'taken', answersLost: lostBefore, ...answer };
  } catch (error) {
    return afterFailedSend(attempt, error);
  }
}

function afterFailedSend(attempt: WriteAttempt, error: unknown): Asked {
  if (isAr24Error(error) && error.kind === 'refused') {
    const { slug, field } = error;
    return { kind: 'refused', slug, ...(field !== undefined && { field: formFieldOf(field) }) };
  }
  const answersLost = attempt.answersLost();
  const mayBeSent = answersLost > attempt.lostBefore;
  // Also one whom the workflow broke off: the mail may have gone out, and it has to know.
  if (mayBeSent && isAr24Error(error)) return unanswered(answersLost, problemKindOf(error));
  if (mayBeSent && wasCancelled(error)) return unanswered(answersLost);
  throw error;
}

function unanswered(answersLost: number, problem: ProblemKind = 'unreachable'): Asked {
  return { kind: 'unanswered', answersLost, problem };
}
