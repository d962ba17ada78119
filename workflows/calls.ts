/** The activities as the workflow calls them: where they run, how they are retried, and why. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { RetryPolicy } from '@temporalio/common';
import { isCancellation, proxyActivities, type ActivityOptions } from '@temporalio/workflow';
import type { Ar24Activities } from '../activities/index.ts';
import {
  AR24_TASK_QUEUE,
  PRIORITY,
  PROBLEM_KINDS,
  type AwaitChangeInput,
  type CallFailure,
  type Sighting,
} from './contract/index.ts';
import type { CallStep } from './plan/plan.ts';
import { CREATE_RETRY, MAIL_RETRY, ORDER_RETRY, POLL_RETRY, READ_RETRY } from './retry.ts';
import type { Event } from './state/events.ts';
import type { Sender } from './state/sender.ts';

function ar24(summary: string, retry: RetryPolicy, more: ActivityOptions = {}) {
  return proxyActivities<Ar24Activities>({
    taskQueue: AR24_TASK_QUEUE,
    // AR24 advises a time-out of 300 s, and a write may read first; a minute more for the rest.
    startToCloseTimeout: '11 minutes',
    // Only so is a dead worker noticed long before that, and a cancellation heard.
    heartbeatTimeout: '30 seconds',
    retry,
    summary,
    ...more,
  });
}

/** A write that is cancelled may have got through: what it tells at its end is waited for. */
const WRITE = { cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const;

const { look } = ar24('look at AR24', READ_RETRY);
const { requestAccess } = ar24(
  'ask the holder for access, unless AR24 shows it already',
  MAIL_RETRY,
  WRITE,
);
const { createAccount } = ar24('create the account from the form', CREATE_RETRY, WRITE);
const { requestTerms } = ar24('have AR24 mail its terms', MAIL_RETRY, WRITE);
const { requestPayment } = ar24('have AR24 ask for a way to pay', MAIL_RETRY, WRITE);
const { orderIdentity } = ar24(
  'order the identity check: paid, never repeated',
  ORDER_RETRY,
  WRITE,
);

/** Polls go last: nobody waits for them at a screen. */
const polls = ar24('wait for a change at AR24', POLL_RETRY, {
  priority: { priorityKey: PRIORITY.poll },
});

/** Somebody waits for the end of a cancelled onboarding, perhaps with no worker about. */
const LAST_LOOK = { scheduleToCloseTimeout: '1 minute' } as const;

/** Resolves once AR24 shows something else than is known. */
export function awaitChange(input: AwaitChangeInput): Promise<Sighting> {
  const what = input.waitingFor.join(', ') || 'a change';
  return polls.awaitChange.executeWithOptions({ summary: `watch AR24 for: ${what}` }, [input]);
}

/** Temporal itself gave up on the attempt: the worker died, or did not answer in time. */
const UNANSWERED: CallFailure = { problem: 'unreachable' };

/**
 * What the SDK says of a try that never began: its worker does not know the call, or could not read what it
 * was called with.
 */
const NEVER_BEGAN = ['NotFoundError', 'UnknownKeyError', 'ValueError'];

/** Makes one call and tells what came of it. Throws only if it was cancelled, or on a bug. */
export async function perform(step: CallStep, s: Sender): Promise<Event> {
  const from = { startedAt: Date.now(), email: s.request.email };
  try {
    const answer = await answerTo(step, s);
    return { ...answer, ...from, at: Date.now() };
  } catch (error) {
    const failure = failureOf(error);
    if (step.do === 'order-identity' && failure === UNANSWERED) {
      const asked = { kind: 'unanswered', answersLost: 1, problem: 'unreachable' } as const;
      return {
        kind: 'identity-ordered',
        result: { sighting: null, asked },
        ...from,
        at: Date.now(),
      };
    }
    return { kind: 'call-failed', call: step.do, failure, ...from, at: Date.now() };
  }
}

async function answerTo(step: CallStep, s: Sender) {
  const { patienceMs } = step;
  switch (step.do) {
    case 'look':
      return { kind: 'looked', sighting: await looked(step) } as const;
    case 'request-access': {
      const result = await requestAccess({ email: s.request.email, patienceMs });
      return { kind: 'access-requested', result } as const;
    }
    case 'create-account': {
      const { form, readBack } = step;
      const result = await createAccount({ request: s.request, form, readBack, patienceMs });
      return { kind: 'account-created', result } as const;
    }
    case 'request-terms':
      return { kind: 'terms-requested', result: await requestTerms(step) } as const;
    case 'request-payment':
      return { kind: 'payment-requested', result: await requestPayment(step) } as const;
    case 'order-identity':
      return { kind: 'identity-ordered', result: await orderIdentity(step) } as const;
  }
}

function looked(step: Extract<CallStep, { do: 'look' }>): Promise<Sighting> {
  return step.withinMs === undefined ? look(step) : look.executeWithOptions(LAST_LOOK, [step]);
}

/** Why a call failed. Cancellations, and failures that are no activity's, are thrown on. */
export function failureOf(error: unknown): CallFailure {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  const [details] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  if (isCallFailure(details)) return details;
  const neverBegan = cause instanceof ApplicationFailure && NEVER_BEGAN.includes(cause.type ?? '');
  return neverBegan ? { ...UNANSWERED, delivered: 'no' } : UNANSWERED;
}

function isCallFailure(details: unknown): details is CallFailure {
  if (typeof details !== 'object' || details === null || !('problem' in details)) return false;
  return PROBLEM_KINDS.some((kind) => kind === details.problem);
}
