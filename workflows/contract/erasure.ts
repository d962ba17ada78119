/** Having a sender forgotten: who asked for it, and what was done. No personal data in any of it. */
import { defineSignal } from '@temporalio/workflow';

/** Why an onboarding ended that was erased: the reason in its outcome. A promise. */
export const ERASED = 'erased';

/** Somebody who asks for an erasure. */
export interface Asker {
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
/** Comes with every asking, the first too. */
export const erasureAskedSignal = defineSignal<[Asker]>('erasureAsked');

/** In a receipt, beside the first: it is a record of who wanted it, and no log of each time. */
export const MOST_ASKERS = 50;

/** The argument of an erasure. */
export interface ErasureRequest {
  readonly reference: string;
  /** Who wants it. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly requestedAt: string;
  /** What the one before ended with, where nothing has come since: it is kept, with who asks now. */
  readonly before?: ErasureReceipt | undefined;
}

/** What an erasure ends with, and all that is left of the sender here. Times: ISO 8601 UTC. */
export interface ErasureReceipt {
  readonly reference: string;
  /** Who asked first. */
  readonly by: string;
  readonly requestedAt: string;
  /** Who else asked meanwhile or afterwards: the first time of each. Absent where nobody did. */
  readonly alsoAsked?: readonly Asker[] | undefined;
  /** Temporal had nothing left then. */
  readonly erasedAt: string;
  /** Runs of onboardings that were deleted, each with its whole history. */
  readonly onboardingRuns: number;
  /** The same of what told the partner. */
  readonly notificationRuns: number;
  /** What was left in the onboarding's place, so that a late sign-up event starts nothing. */
  readonly keptRun: string;
}

/** One run that Temporal has of a sender. */
export interface SenderRun {
  /** `withdrawal`: it only kept a place, and held nothing of a person. */
  readonly of: 'onboarding' | 'withdrawal' | 'notifications';
  readonly runId: string;
}

/** What Temporal has of a sender right now. */
export interface SenderRuns {
  /** The newest run in the onboarding's place; null where there is none. */
  readonly newest: string | null;
  readonly runs: readonly SenderRun[];
}

/** How the last open onboarding ended. */
export interface EndedForErasure {
  /** `maybe`: it was cut off while something was on its way to the partner, and that may still arrive. */
  readonly tellsPartner: 'no' | 'maybe';
}
