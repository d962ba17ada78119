import type { Notification, NotificationType, OnboardingView } from '../contract/index.ts';

/**
 * What of a view is worth an event: where these are the same as when the partner was last told, he
 * learns nothing new.
 */
export function gistOf(view: OnboardingView): string {
  const { status, waitingFor, problem, question, fieldErrors, outcome } = view;
  const { accountId, paymentLink } = view;
  return JSON.stringify([
    ...[status, waitingFor, problem?.kind ?? null, question, fieldErrors],
    ...[outcome, accountId, paymentLink],
  ]);
}

/**
 * A run is given the time at which the first of its kind began as its first sequence number, and
 * counts on from there: a later start begins above all of an earlier one, which counted less than
 * one a millisecond.
 *
 * @param at ms since the epoch
 */
export function notificationOf(
  type: NotificationType,
  { maskedEmail: _address, linksValidFrom: _links, ...view }: OnboardingView,
  at: number,
): Notification {
  const sequence = Date.parse(view.startedAt) + view.version;
  return { type, sequence, at: new Date(at).toISOString(), view };
}
