/** Derives metrics from how a sender changes. They are no part of the history, and silent during a replay. */
import { metricMeter } from '@temporalio/workflow';
import type { Recorder } from '../../metrics/definition.ts';
import { meterRecorder } from '../../metrics/sdk.ts';
import { MAIL_REQUESTS, REMINDED_BY_PARTNER, type Door } from '../contract/index.ts';
import { WORKFLOW_METRICS } from '../contract/metrics.ts';
import { questionOf, statusOf, waitingFor } from '../state/requirements.ts';
import type { Sender } from '../state/sender.ts';

type Recording = Recorder<typeof WORKFLOW_METRICS>;

const ofWorkflow = meterRecorder(metricMeter, WORKFLOW_METRICS);

export class SenderMetrics {
  private since: number;
  private readonly record: Recording;

  /** @param since when the status of a run that continues another began, ms since the epoch */
  constructor(first: Sender, since = first.waiting.since, record: Recording = ofWorkflow) {
    this.since = since;
    this.record = record;
  }

  /** When the present status began, ms since the epoch. */
  get statusSince(): number {
    return this.since;
  }

  /** An onboarding began: not for a run that continues another. */
  started(first: Sender, door: Door): void {
    this.record('onboarding_started_total', { door });
    this.record('onboarding_status_entered_total', { status: statusOf(first) });
  }

  /** @param at the time of the change, ms since the epoch */
  observe(before: Sender, after: Sender, at: number): void {
    if (before === after) return;
    this.observeStatus(before, after, at);
    observeProblem(this.record, before, after);
    observeReminders(this.record, before, after);
    observeMails(this.record, before, after);
    const question = questionOf(after);
    if (question !== null && !after.outcome && question !== questionOf(before)) {
      this.record('onboarding_questions_total', { question });
    }
    if (after.outcome && !before.outcome) {
      const { kind: outcome } = after.outcome;
      this.record('onboarding_ended_total', { outcome });
      this.record(
        'onboarding_time_to_end_seconds',
        { outcome },
        (at - after.meta.startedAt) / 1000,
      );
    }
  }

  private observeStatus(before: Sender, after: Sender, at: number): void {
    const [left, status] = [statusOf(before), statusOf(after)];
    if (left === status) return;
    this.record('onboarding_status_seconds', { status: left }, (at - this.since) / 1000);
    this.record('onboarding_status_entered_total', { status });
    this.since = at;
  }
}

/** The problem of an onboarding that ends is over with it. */
function observeProblem(record: Recording, before: Sender, after: Sender): void {
  const ended = before.problem?.kind;
  const begun = after.outcome ? undefined : after.problem?.kind;
  if (ended === begun) return;
  if (ended !== undefined) record('onboarding_problems_ended_total', { kind: ended });
  if (begun !== undefined) record('onboarding_problems_total', { kind: begun });
}

function observeReminders(record: Recording, before: Sender, after: Sender): void {
  for (const what of MAIL_REQUESTS) {
    const reminders = (s: Sender) => s.requests[what]?.reminders ?? 0;
    if (reminders(after) > reminders(before)) {
      record('onboarding_reminders_total', { what, by: 'ar24' });
    }
  }
  const byPartner = (s: Sender) => s.waiting.partnerReminders?.times ?? 0;
  const what = REMINDED_BY_PARTNER.find((one) => waitingFor(after).includes(one));
  if (what !== undefined && byPartner(after) > byPartner(before)) {
    record('onboarding_reminders_total', { what, by: 'partner' });
  }
}

function observeMails(record: Recording, before: Sender, after: Sender): void {
  for (const kind of MAIL_REQUESTS) {
    const [made, madeBefore] = [after.requests[kind], before.requests[kind]];
    // For a payment AR24 may return a link instead of mailing it.
    const isLink = kind === 'payment' && after.paymentLink !== before.paymentLink;
    if (!made || isLink || made.times <= (madeBefore?.times ?? 0)) continue;
    const isUnknown = made.unconfirmed > (madeBefore?.unconfirmed ?? 0);
    record('onboarding_ar24_mails_total', { kind, sent: isUnknown ? 'unknown' : 'yes' });
  }
  if (after.identityOrders.length > before.identityOrders.length) {
    const isUnknown = after.identityOrders.at(-1)?.outcome === 'unknown';
    record('onboarding_ar24_mails_total', {
      kind: 'identity',
      sent: isUnknown ? 'unknown' : 'yes',
    });
  }
  observeCreation(record, before, after);
}

/** A creation that is read back was counted when its answer was lost. */
function observeCreation(record: Recording, before: Sender, after: Sender): void {
  const isCreated = (s: Sender) => s.access.held?.via === 'created';
  const wasUnknown = before.creation.unconfirmed;
  if (after.creation.unconfirmed && !wasUnknown) {
    record('onboarding_ar24_mails_total', { kind: 'account', sent: 'unknown' });
  } else if (isCreated(after) && !isCreated(before) && !wasUnknown) {
    record('onboarding_ar24_mails_total', { kind: 'account', sent: 'yes' });
  }
}

/** A notification whose delivery has ended. @param ageMs since the change */
export function observeNotification(
  result: 'delivered' | 'gone' | 'given-up' | 'overtaken',
  ageMs: number,
): void {
  ofWorkflow('onboarding_notifications_total', { result });
  if (result === 'delivered') ofWorkflow('onboarding_notification_age_seconds', {}, ageMs / 1000);
}
