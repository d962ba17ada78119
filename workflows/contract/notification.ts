/** What the partner is told: events of his own to come, each with where the onboarding then stands. */
import { defineSignal } from '@temporalio/workflow';
import type { OnboardingView } from './view.ts';

export const NOTIFICATION_TYPES = [
  /** Something of note changed. */
  'onboarding.updated',
  /** The person has left undone for days what AR24 sends no mail for. */
  'onboarding.reminder',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** The view but for what concerns only the sender's page. */
export type NotifiedView = Omit<OnboardingView, 'maskedEmail' | 'linksValidFrom'>;

export interface Notification {
  readonly type: NotificationType;
  /** Grows with each change of one reference, also from run to run and after a new start. */
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

/** To the workflow that delivers: something new is to be told. */
export const notifySignal = defineSignal<[Notification]>('notify');

/** What became of a try: taken by the receiver, or it wants nothing of this kind any more (410). */
export type Delivery = 'delivered' | 'gone';

/** How the delivering of one reference's notifications ended. */
export interface NotificationsOutcome {
  readonly kind: 'delivered' | 'gone' | 'failed-to-deliver';
  /** How many the receiver took. */
  readonly delivered: number;
  /** How many were given up after three days of tries. */
  readonly givenUp: number;
}
