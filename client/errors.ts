/** One fault of a request. Never holds the value at fault. */
import type { Reference } from '../workflows/contract/ids.ts';
export interface RequestFault {
  /** Such as `registration.zipcode`; empty for the request as a whole. */
  readonly path: string;
  readonly message: string;
}

/** The request is not valid. Nothing was sent. Lists every fault at once. */
export class InvalidRequestError extends Error {
  override readonly name = 'InvalidRequestError';
  readonly faults: readonly RequestFault[];

  constructor(faults: readonly RequestFault[]) {
    super(faults.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n'));
    this.faults = faults;
  }
}

/**
 * Temporal answered, but no worker did in time, or the worker's code failed at each attempt. A worker that
 * starts later may still deliver the message, so read the onboarding before you repeat it.
 */
export class NoWorkerError extends Error {
  override readonly name = 'NoWorkerError';
  readonly reference: Reference;

  /** @param asked `a-question`: nothing happens later, when a worker starts */
  constructor(
    reference: Reference,
    waitedMs: number,
    asked: 'a-change' | 'a-question' = 'a-change',
  ) {
    const later =
      asked === 'a-change' ? '; the message may still be delivered when one starts' : '';
    super(`no worker answered for ${reference} within ${Math.round(waitedMs / 1000)} s${later}`);
    this.reference = reference;
  }
}

/** No onboarding with this reference was ever started, or its retention in Temporal is over. */
export class OnboardingNotFoundError extends Error {
  override readonly name = 'OnboardingNotFoundError';
  readonly reference: Reference;

  constructor(reference: Reference) {
    super(`no onboarding with the reference ${reference}`);
    this.reference = reference;
  }
}

/** The log of deliveries has no such notification: none was sent, or it is not among the last 50. */
export class NotificationNotFoundError extends Error {
  override readonly name = 'NotificationNotFoundError';
  readonly reference: Reference;

  constructor(reference: Reference) {
    super(
      `the log of notifications of ${reference} has no such notification: none was sent, or it is not among the ` +
        'last 50, or Temporal has deleted it',
    );
    this.reference = reference;
  }
}

/** Temporal was not reachable, did not answer in time, refused the credentials, or lacks our set-up. */
export class TemporalUnavailableError extends Error {
  override readonly name = 'TemporalUnavailableError';

  constructor(why: string, cause?: unknown) {
    super(`Temporal cannot be used: ${why}`, { cause });
  }
}

/** The onboarding exists, but does not accept this message now. `reason` says why and what to do. */
export class UpdateRefusedError extends Error {
  override readonly name = 'UpdateRefusedError';
  readonly reference: Reference;
  readonly reason: string;

  constructor(reference: Reference, reason: string) {
    super(reason);
    this.reference = reference;
    this.reason = reason;
  }
}
