/** The erasure of a sender: who requested it, and what was done. It holds no personal data. */
import { defineSignal } from '@temporalio/workflow';
import type { Reference, RunId } from './ids.ts';

/** The reason in the outcome of an erased onboarding. Others script against it. */
export const ERASED = 'erased';

/** A person or program that requests an erasure. */
export interface ErasureRequester {
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
/** Sent with every request for an erasure, the first one included. */
export const erasureRequestedSignal = defineSignal<[ErasureRequester]>('erasureRequested');

/** In a receipt, beside the first. It records who requested the erasure, not each request. */
export const MAX_ERASURE_REQUESTERS = 50;

/** The argument of an erasure. */
export interface ErasureRequest {
  readonly reference: Reference;
  /** Who requests it. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** The receipt of the erasure before, where nothing was started since: it is kept, and extended. */
  readonly before?: ErasureReceipt | undefined;
}

/** What an erasure ends with, and all that is left of the sender here. Times: ISO 8601 UTC. */
export interface ErasureReceipt {
  readonly reference: Reference;
  /** Who requested it first. */
  readonly by: string;
  readonly requestedAt: string;
  /** Other requesters meanwhile or afterwards, each with their first request. Absent where there are none. */
  readonly alsoRequestedBy?: readonly ErasureRequester[] | undefined;
  /** When Temporal had nothing left. */
  readonly erasedAt: string;
  /** Runs of onboardings that were deleted, each with its whole history. */
  readonly onboardingRuns: number;
  /** Deleted runs of the workflow that notifies the partner. */
  readonly notificationRuns: number;
  /** The run left under the onboarding's id, so that a late sign-up event starts nothing. */
  readonly keptRun: RunId;
}

/** One run that Temporal has of a sender. */
export interface SenderRun {
  /** `withdrawal`: a run that only occupied the id, and held no personal data. */
  readonly of: 'onboarding' | 'withdrawal' | 'notifications';
  readonly runId: RunId;
}

/** What Temporal has of a sender right now. */
export interface SenderRuns {
  /** The newest run under the onboarding's id; null where there is none. */
  readonly newest: RunId | null;
  readonly runs: readonly SenderRun[];
}

/** How the last open onboarding ended. */
export interface EndedForErasure {
  /** `maybe`: it was ended while a notification was in flight, which may still arrive. */
  readonly notifiesPartner: 'no' | 'maybe';
}
