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
  'maskedEmail' | 'emailVerified' | 'otherAddress' | 'linksValidFrom' | 'returnUrl' | 'refreshUrl'
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

/** Has a notification delivered once more, although it was delivered, given up or replaced before. */
export const redeliverSignal = defineSignal<[Notification]>('redeliver');

/** The receiver's final answer: it accepted the notification, or wants no more of this reference (410). */
export interface Delivery {
  readonly kind: 'delivered' | 'gone';
  /** HTTP status of the answer. */
  readonly status: number;
}

/** The event that only tests the receiver. It concerns no onboarding. */
export const TEST_EVENT_TYPE = 'onboarding.test';

/** What the partner's server receives as a test: signed and sent like a notification. */
export interface TestEvent {
  readonly type: typeof TEST_EVENT_TYPE;
  /** ISO 8601 UTC. */
  readonly timestamp: string;
  readonly data: { readonly message: string };
}

/** How the receiver answered a test. `url` has no credentials, path or query, which are secret. */
export type NotificationTest =
  | {
      readonly kind: 'answered';
      readonly url: string;
      /** HTTP status of the answer. */
      readonly status: number;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'no-answer';
      readonly url: string;
      /** Without an address. */
      readonly reason: string;
      readonly milliseconds: number;
    }
  /** The worker has no ONBOARDING_NOTIFY_URL. */
  | { readonly kind: 'not-set-up' };

/** How the delivery of one reference's notifications ended. */
export interface NotificationsOutcome {
  readonly kind: 'delivered' | 'gone' | 'failed-to-deliver';
  /** How many the receiver took. */
  readonly delivered: number;
  /** How many were given up after three days of tries. */
  readonly givenUp: number;
}
