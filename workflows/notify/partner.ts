/** Notifies the partner of one onboarding: in the background, one notification at a time, in their order. */
import { ActivityFailure } from '@temporalio/common';
import { log } from '@temporalio/workflow';
import type { Notification, NotificationType, OnboardingView } from '../contract/index.ts';
import { viewOf } from '../show/view.ts';
import type { Sender } from '../state/sender.ts';
import { notifyPartner } from './calls.ts';
import { notificationOf, notifiedPartOf, sequenceAfter } from './notification-of.ts';

export class PartnerNotifier {
  /** The part of the view that the newest accepted notification had. The next run goes on from it. */
  notified: string;
  /** The sequence number of the newest notification. The next run goes on from it. */
  sequence: number;
  private newest: { readonly part: string; readonly update: Notification } | null = null;
  private reminder: Notification | null = null;
  private sending: Promise<void> | null = null;

  constructor({ notified = '', sequence = 0 }: { notified?: string; sequence?: number } = {}) {
    this.notified = notified;
    this.sequence = sequence;
  }

  /** Sends a notification if the sender has changed in a part that partners are notified of. */
  observe(s: Sender): void {
    if (!s.policy.notify) return;
    const now = Date.now();
    const view = viewOf(s, now);
    const part = notifiedPartOf(view);
    if (part === (this.newest?.part ?? this.notified)) return;
    this.newest = { part, update: this.next('onboarding.updated', view, now) };
    this.send();
  }

  /** Asks the partner to remind the person, where AR24 has no mail for what is outstanding. */
  remind(s: Sender): void {
    const now = Date.now();
    this.reminder = this.next('onboarding.reminder', viewOf(s, now), now);
    this.send();
  }

  get isUpToDate(): boolean {
    return this.sending === null;
  }

  /** Resolves once every notification is handed over. */
  async flush(): Promise<void> {
    while (this.sending) await this.sending;
  }

  private next(type: NotificationType, view: OnboardingView, at: number): Notification {
    this.sequence = sequenceAfter(this.sequence, at);
    return notificationOf(type, view, { sequence: this.sequence, at });
  }

  private send(): void {
    this.sending ??= this.sendAll();
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      const { newest, reminder } = this;
      const isNewestNext = newest && (!reminder || newest.update.sequence < reminder.sequence);
      if (isNewestNext) {
        await handOver(newest.update);
        this.notified = newest.part;
        if (this.newest === newest) this.newest = null;
      } else if (reminder) {
        await handOver(reminder);
        if (this.reminder === reminder) this.reminder = null;
      } else {
        // Synchronously, so that a notification that comes a moment later starts a new round.
        this.sending = null;
        return;
      }
    }
  }
}

/** A failure does not stop the onboarding: it does not depend on the partner's server. */
async function handOver(notification: Notification): Promise<void> {
  try {
    await notifyPartner(notification);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { type, sequence } = notification;
    log.error('a notification could not be handed over', { type, sequence });
  }
}
