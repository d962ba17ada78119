import type { Notification, NotificationType, OnboardingView } from '../contract/index.ts';

/** The part of a view whose change is worth a notification, as text that can be compared. */
export function notifiedPartOf(view: OnboardingView): string {
  const { status, waitingFor, problem, question, fieldErrors, outcome } = view;
  const { accountId, paymentLink, addressCorrected } = view;
  return JSON.stringify([
    ...[status, waitingFor, problem?.kind ?? null, question, fieldErrors],
    ...[outcome, accountId, paymentLink, addressCorrected],
  ]);
}

/**
 * The sequence number of the notification after this one. It follows Temporal's clock, so that it also grows
 * where the state of a run goes back: after a reset, after a database was restored from a backup, and in a
 * later onboarding of the reference. If that clock stops or is set back, the number grows by one.
 *
 * @param previous 0 where there was none
 * @param at ms since the epoch, by Temporal's clock
 */
export function sequenceAfter(previous: number, at: number): number {
  return Math.max(previous + 1, at);
}

/** @param at ms since the epoch */
export function notificationOf(
  type: NotificationType,
  whole: OnboardingView,
  { sequence, at }: { readonly sequence: number; readonly at: number },
): Notification {
  const {
    maskedEmail: _address,
    emailVerified: _verified,
    otherAddress: _other,
    ...others
  } = whole;
  const { linksValidFrom: _links, returnUrl: _return, refreshUrl: _refresh, ...view } = others;
  return { type, sequence, at: new Date(at).toISOString(), view };
}
