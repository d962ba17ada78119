import type {
  OnboardingView,
  ProblemKind,
  Requirement,
  Status,
} from '../workflows/contract/index.ts';
import type { Ending } from './ending.ts';
import type { PendingCall } from './pending-call.ts';
import type { StuckReason } from './stuck.ts';

/** What the search attributes tell: enough for a list, and where no worker answers. */
export interface OnboardingSummary {
  readonly reference: string;
  readonly runId: string;
  readonly status: Status;
  readonly waitingFor: readonly Requirement[];
  readonly problem: { readonly kind: ProblemKind } | null;
  /** Waiting for this since; ISO 8601 UTC, as all times here. */
  readonly since: string;
  /** Of this run: an onboarding with a very long history goes on in another. */
  readonly startedAt: string;
  readonly deadline: string | null;
  readonly accountId: string | null;
}

/** The whole view, by a worker. */
export type WholeView = Omit<OnboardingView, 'outcome'> & {
  readonly partial: false;
  readonly runId: string;
  readonly outcome: Ending | null;
};

/** What is known without one: also of a run that failed, or whose end cannot be read. */
export interface PartialView extends OnboardingSummary {
  readonly partial: true;
  readonly outcome: Ending | null;
}

export type KnownView = WholeView | PartialView;

/** What {@link OnboardingClient.view} tells of an onboarding. */
export type SenderView = KnownView & {
  readonly stuck: boolean;
  readonly stuckBecause: readonly StuckReason[];
  /** What Temporal is trying for it right now, looks at AR24 among them. */
  readonly calls: readonly PendingCall[];
};
