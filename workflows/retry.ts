/**
 * How Temporal retries each kind of call. Only the identity order has a last attempt. The other activities end their
 * retries themselves once the retry budget is used up (15 minutes), and name the problem; then the plan retries
 * without an end. Notifications are given up after three days.
 */
import type { RetryPolicy } from '@temporalio/common';

/** Quick at first, since most failures pass in seconds; then every 3 minutes. */
export const READ_RETRY: RetryPolicy = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '3 minutes',
};

/**
 * The same for requests, except that Temporal does not repeat a try whose end it does not know: AR24 may have carried
 * it out. The workflow gets the time-out, and the plan decides.
 */
export const MAIL_RETRY: RetryPolicy = {
  ...READ_RETRY,
  nonRetryableErrorTypes: ['TemporalTimeout:StartToClose', 'TemporalTimeout:Heartbeat'],
};

/** The same for the creation, which reads AR24 before every attempt but the first. */
export const CREATE_RETRY: RetryPolicy = { ...READ_RETRY };

/** The poll sets each pause itself: 10 minutes, then 1.5 times the one before, up to the longest of the policy. */
export const POLL_RETRY: RetryPolicy = { ...READ_RETRY };

/** The order is paid, and causes a paper letter: the operator decides if its outcome is unknown. */
export const ORDER_RETRY: RetryPolicy = { ...MAIL_RETRY, maximumAttempts: 1 };

/** Calls to Temporal only, for which an onboarding waits at its end: quick, then every minute. */
export const NOTIFY_RETRY: RetryPolicy = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
};

/** Temporal's search may lag some seconds behind, or reach its limit for a while. */
export const SEARCH_RETRY: RetryPolicy = { ...NOTIFY_RETRY };

/** Calls to Temporal only, until an erasure is complete: quick, then every minute. */
export const ERASE_RETRY: RetryPolicy = { ...NOTIFY_RETRY };

/**
 * A receiver that is being deployed is back in seconds, one that is broken in hours: 5 s, 10 s and so on
 * up to an hour, which is about eighty tries within the patience.
 */
export const DELIVERY_RETRY: RetryPolicy = {
  initialInterval: '5 seconds',
  backoffCoefficient: 2,
  maximumInterval: '1 hour',
};

/** A weekend and a day: somebody has noticed by then. */
export const DELIVERY_PATIENCE = '3 days';
