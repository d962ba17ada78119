/** Notifications to the partner: each holds the view at that time. */
import { defineSignal } from '@temporalio/workflow';
import type { OnboardingView } from './view.ts';

export const NOTIFICATION_TYPES = [
  /** The status, the outcome or what is outstanding changed. */
  'onboarding.updated',
  /** Something has been outstanding for days, and AR24 has no mail that could remind the person. */
  'onboarding.reminder',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** The view without the members that concern the sender's page only. */
export type NotifiedView = Omit<
  OnboardingView,
  'maskedEmail' | 'otherAddress' | 'linksValidFrom' | 'returnUrl' | 'refreshUrl'
>;

export interface Notification {
  readonly type: NotificationType;
  /** Grows with each change of one reference: from run to run, after a new start, after a reset or a restored backup. */
  readonly sequence: number;
  /** When it came to stand so: ISO 8601 UTC. */
  readonly at: string;
  readonly view: NotifiedView;
}

/** What the partner's server receives: the body of the request. */
export interface NotificationEvent {
  readonly type: NotificationType;
  readonly timestamp: string;
  readonly data: { readonly sequence: number; readonly onboarding: NotifiedView };
}

/** Hands a notification to the workflow that delivers it. */
export const notifySignal = defineSignal<[Notification]>('notify');

/** The partner's server accepted it, or wants no more of this kind (410). */
export type Delivery = 'delivered' | 'gone';

/** How the delivery of one reference's notifications ended. */
export interface NotificationsOutcome {
  readonly kind: 'delivered' | 'gone' | 'failed-to-deliver';
  /** How many the receiver took. */
  readonly delivered: number;
  /** How many were given up after three days of tries. */
  readonly givenUp: number;
}
