/**
 * How Temporal retries each kind of call. None has a last attempt but the identity order: the
 * activity itself ends the retries once its patience is over (15 minutes), says which problem it is,
 * and the plan tries again for as long as it takes. What tells the partner is given up after three days.
 */
import type { RetryPolicy } from '@temporalio/common';

/** Quick at first, since most troubles pass in seconds; then every 3 minutes. */
export const READ_RETRY: RetryPolicy = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '3 minutes',
};

/**
 * The same for the askings by mail: only tries that certainly did not get through are retried here.
 * One whose answer was lost comes back as a result, and the plan repeats it once.
 */
export const MAIL_RETRY: RetryPolicy = { ...READ_RETRY };

/** The same for the creation, which reads AR24 before every try but the first. */
export const CREATE_RETRY: RetryPolicy = { ...READ_RETRY };

/** The poll names each pause itself: 10 minutes, then 1.5 times the one before, up to 12 hours. */
export const POLL_RETRY: RetryPolicy = { ...READ_RETRY };

/** Paid, and a paper letter: whatever leaves its outcome open is for the operator. */
export const ORDER_RETRY: RetryPolicy = { maximumAttempts: 1 };

/** It only talks to Temporal, and an onboarding waits for it at its end: quick, then every minute. */
export const TELL_RETRY: RetryPolicy = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '1 minute',
};

/** It only talks to Temporal, and goes on until somebody is forgotten: quick, then every minute. */
export const ERASE_RETRY: RetryPolicy = { ...TELL_RETRY };

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
