import type {
  OnboardingView,
  ProblemKind,
  Requirement,
  Status,
  AccountId,
  Reference,
  RunId,
} from '../workflows/contract/index.ts';
import type { Ending } from './ending.ts';
import type { PendingCall } from './pending-call.ts';
import type { StuckReason } from './stuck.ts';

/** The part of a view that search attributes hold: enough for a list, and without a worker. */
export interface OnboardingSummary {
  readonly reference: Reference;
  readonly runId: RunId;
  readonly status: Status;
  readonly waitingFor: readonly Requirement[];
  readonly problem: {
    readonly kind: ProblemKind;
    /** Absent if it is not known. */
    readonly since?: string | undefined;
  } | null;
  /** Time of the last change of status or requirements. ISO 8601 UTC, as all times here. */
  readonly since: string;
  /** Start of this run: an onboarding with a very long history continues in another. */
  readonly startedAt: string;
  readonly deadline: string | null;
  readonly accountId: AccountId | null;
  /** Only from a search for stuck onboardings. */
  readonly stuckBecause?: readonly StuckReason[] | undefined;
}

/** The whole view, from the workflow. */
export type WholeView = Omit<OnboardingView, 'outcome'> & {
  readonly partial: false;
  readonly runId: RunId;
  readonly outcome: Ending | null;
};

/** The view without a worker, and of a run that failed or whose outcome is not readable. */
export interface PartialView extends Omit<OnboardingSummary, 'stuckBecause'> {
  readonly partial: true;
  readonly outcome: Ending | null;
}

export type KnownView = WholeView | PartialView;

/** The result of {@link OnboardingClient.view}. */
export type SenderView = KnownView & {
  readonly stuck: boolean;
  readonly stuckBecause: readonly StuckReason[];
  /** Ids of the encryption keys that are missing here or at a worker. */
  readonly missingKeys: readonly string[];
  /** The activities in progress, including polls of AR24. */
  readonly calls: readonly PendingCall[];
};
