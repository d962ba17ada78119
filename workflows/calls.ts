/** The activities as the workflow calls them: on which task queue, and how they are retried. */
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { RetryPolicy } from '@temporalio/common';
import {
  isCancellation,
  proxyActivities,
  workflowInfo,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { Ar24Activities, PolicyActivities, RequesterActivities } from '../activities/index.ts';
import {
  AR24_TASK_QUEUE,
  PRIORITY,
  PROBLEM_KINDS,
  type AwaitChangeInput,
  type CallFailure,
  type FindOtherRequestersInput,
  type OtherRequesters,
  type WorkerPolicy,
  type AccountSnapshot,
} from './contract/index.ts';
import type { CallStep, RequestersStep } from './plan/steps.ts';
import {
  CREATE_RETRY,
  MAIL_RETRY,
  ORDER_RETRY,
  POLL_RETRY,
  READ_RETRY,
  SEARCH_RETRY,
} from './retry.ts';
import type { Event } from './state/events.ts';
import type { Sender } from './state/sender.ts';

function ar24(summary: string, retry: RetryPolicy, more: ActivityOptions = {}) {
  return proxyActivities<Ar24Activities>({
    taskQueue: AR24_TASK_QUEUE,
    // AR24 advises a time-out of 300 s, and a write may read first; a minute more for the rest.
    startToCloseTimeout: '11 minutes',
    // Detects a dead worker long before that, and delivers a cancellation to the activity.
    heartbeatTimeout: '30 seconds',
    retry,
    summary,
    ...more,
  });
}

/** A cancelled write may have reached AR24: wait for its result. */
const WRITE = { cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const;

const { readAccount } = ar24('read the account at AR24', READ_RETRY);
const { requestAccess } = ar24('request access from the holder', MAIL_RETRY, WRITE);
const { createAccount } = ar24('create the account from the form', CREATE_RETRY, WRITE);
const { requestTerms } = ar24('have AR24 mail its terms', MAIL_RETRY, WRITE);
const { requestPayment } = ar24('have AR24 mail a request for a way to pay', MAIL_RETRY, WRITE);
const { orderIdentity } = ar24(
  'order the identity check: paid, never repeated',
  ORDER_RETRY,
  WRITE,
);

/**
 * It only searches Temporal. After an hour without a result the operator decides, as if there were others: the
 * onboarding must not wait for a search beyond its deadline.
 */
const { findOtherRequesters } = proxyActivities<RequesterActivities>({
  scheduleToCloseTimeout: '1 hour',
  startToCloseTimeout: '30 seconds',
  retry: SEARCH_RETRY,
  summary: 'find other references that requested access to this account',
});

/** It only reads the settings of the worker that runs it. */
export const { readPolicy } = proxyActivities<PolicyActivities>({
  startToCloseTimeout: '10 seconds',
  summary: 'read the policy',
});

/** Polls go last: nobody waits for them at a screen. */
const polls = ar24('wait for a change at AR24', POLL_RETRY, {
  priority: { priorityKey: PRIORITY.poll },
});

/** A person waits for the end of a cancelled onboarding, perhaps while no worker runs. */
const LAST_READ = { scheduleToCloseTimeout: '1 minute' } as const;

/** Resolves when the account snapshot differs from the known one. */
export function awaitChange(input: AwaitChangeInput): Promise<AccountSnapshot> {
  const what = input.waitingFor.join(', ') || 'a change';
  return polls.awaitChange.executeWithOptions({ summary: `poll AR24 for: ${what}` }, [input]);
}

/** Temporal gave up on the attempt: the worker died, or took too long. AR24 may have carried out the call. */
const UNCONFIRMED: CallFailure = { problem: 'unreachable', delivered: 'unknown' };

/** Failure types of attempts that never began: the worker lacks the activity, or could not decode its arguments. */
const NEVER_BEGAN = ['NotFoundError', 'UnknownKeyError', 'ValueError'];

/** Finds out whether other references may own the account. @throws only if it was cancelled, or on a bug */
export async function searchRequesters(step: RequestersStep, s: Sender): Promise<Event> {
  const { email, reference } = s.request;
  const { accountId } = step;
  const { found } = await otherRequesters({
    reference,
    runId: workflowInfo().runId,
    emailHashes: s.address.hashes,
    accountId,
  });
  return { kind: 'requesters-found', found, accountId, email, at: Date.now() };
}

/** @returns null where the activity was ended by hand */
export function policyRead(): Promise<WorkerPolicy | null> {
  return unlessEnded(readPolicy(), null);
}

/** A search that timed out, or that was ended by hand, has no result: the operator decides, as if there were others. */
function otherRequesters(input: FindOtherRequestersInput): Promise<OtherRequesters> {
  return unlessEnded(findOtherRequesters(input), { found: true });
}

/** The result of an activity, or `otherwise` where it timed out or was ended by hand. */
async function unlessEnded<T, U>(result: Promise<T>, otherwise: U): Promise<T | U> {
  try {
    return await result;
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return otherwise;
  }
}

/** Makes one call. @returns its result or its failure. @throws only if it was cancelled, or on a bug */
export async function perform(step: CallStep, s: Sender): Promise<Event> {
  const accountId = 'accountId' in step ? step.accountId : undefined;
  const from = { startedAt: Date.now(), email: s.request.email, accountId };
  try {
    const answer = await resultOf(step, s);
    return { ...answer, ...from, at: Date.now() };
  } catch (error) {
    const failure = failureOf(error);
    return { kind: 'call-failed', call: step.do, failure, ...from, at: Date.now() };
  }
}

async function resultOf(step: CallStep, s: Sender) {
  const { retryBudgetMs } = step;
  switch (step.do) {
    case 'read-account':
      return { kind: 'account-read', snapshot: await snapshotFor(step) } as const;
    case 'request-access': {
      const { readFirst, unlessChangedFrom } = step;
      const { email } = s.request;
      const result = await requestAccess({ email, readFirst, unlessChangedFrom, retryBudgetMs });
      return { kind: 'access-requested', result } as const;
    }
    case 'create-account': {
      const { form, readBack } = step;
      const despiteOtherSpelling = s.creation.otherSpelling === 'accepted';
      const creation = { request: s.request, form, readBack, despiteOtherSpelling, retryBudgetMs };
      const result = await createAccount(creation);
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

function snapshotFor(step: Extract<CallStep, { do: 'read-account' }>): Promise<AccountSnapshot> {
  return step.withinMs === undefined
    ? readAccount(step)
    : readAccount.executeWithOptions(LAST_READ, [step]);
}

/** Why a call failed. Rethrows cancellations, and errors that are no activity failures. */
export function failureOf(error: unknown): CallFailure {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  const [details] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  if (isCallFailure(details)) {
    return { ...details, delivered: details.delivered === 'no' ? 'no' : 'unknown' };
  }
  const neverBegan = cause instanceof ApplicationFailure && NEVER_BEGAN.includes(cause.type ?? '');
  return neverBegan ? { ...UNCONFIRMED, delivered: 'no' } : UNCONFIRMED;
}

function isCallFailure(details: unknown): details is CallFailure {
  if (typeof details !== 'object' || details === null || !('problem' in details)) return false;
  return PROBLEM_KINDS.some((kind) => kind === details.problem);
}
