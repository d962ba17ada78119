/**
 * Calls by which AR24 mails somebody. After a lost answer there is nothing to read back, so a try
 * that may have got through is reported, not retried here: the plan repeats it once, and then leaves
 * it to the reminder. What a worker that died in the middle had sent is counted by the next one.
 */
import { isAr24Error, type Ar24Client, type CallOptions } from '../ar24/index.ts';
import type { AskResult } from '../workflows/contract/index.ts';
import type { Attempt } from './attempt.ts';
import { formFieldOf } from './form-field.ts';
import { GateClosed } from './gate.ts';

const MOST_SENDS = 2;

type Asked = AskResult['asked'];

export async function askedByMail(
  attempt: Attempt,
  send: (ar24: Ar24Client, options: CallOptions) => Promise<{ readonly link?: string } | undefined>,
): Promise<Asked> {
  const lostBefore = sendsLeftIn(attempt.left);
  if (lostBefore >= MOST_SENDS) return { kind: 'unanswered', answersLost: lostBefore };
  attempt.leave({ sends: lostBefore + 1 });
  try {
    const answer = await attempt.call(send);
    return { kind: 'taken', answersLost: lostBefore, ...answer };
  } catch (error) {
    return afterFailedSend(attempt, lostBefore, error);
  }
}

function afterFailedSend(attempt: Attempt, lostBefore: number, error: unknown): Asked {
  if (isAr24Error(error) && error.kind === 'refused') {
    const { slug, field } = error;
    return { kind: 'refused', slug, ...(field !== undefined && { field: formFieldOf(field) }) };
  }
  if (certainlyNotSent(error)) attempt.leave({ sends: lostBefore });
  else if (isAr24Error(error)) {
    return { kind: 'unanswered', answersLost: lostBefore + 1 };
  }
  throw error;
}

function certainlyNotSent(error: unknown): boolean {
  return isAr24Error(error) ? error.delivered !== 'unknown' : error instanceof GateClosed;
}

/** The sends of workers that died before the answer. */
function sendsLeftIn(left: unknown): number {
  if (typeof left !== 'object' || left === null || !('sends' in left)) return 0;
  return typeof left.sends === 'number' ? left.sends : 0;
}
