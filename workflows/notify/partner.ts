/** The partner, as an onboarding tells him: in the background, one thing at a time, the newest first. */
import { ActivityFailure } from '@temporalio/common';
import { log } from '@temporalio/workflow';
import type { Notification } from '../contract/index.ts';
import { viewOf } from '../show/view.ts';
import type { Sender } from '../state/sender.ts';
import { tellPartner } from './calls.ts';
import { gistOf, notificationOf } from './notification-of.ts';

export class Partner {
  /** The gist of what he was last told: it goes on into the next run. */
  told: string;
  private newest: { readonly gist: string; readonly update: Notification } | null = null;
  private reminder: Notification | null = null;
  private telling: Promise<void> | null = null;

  constructor(told = '') {
    this.told = told;
  }

  /** Takes note of how it stands now, and tells if that is news. */
  sees(s: Sender): void {
    if (s.policy.notify !== true) return;
    const [now, view] = [Date.now(), viewOf(s, Date.now())];
    const gist = gistOf(view);
    if (gist === (this.newest?.gist ?? this.told)) return;
    this.newest = { gist, update: notificationOf('onboarding.updated', view, now) };
    this.tell();
  }

  /** Asks him to remind the person, as AR24 has no mail for what is outstanding. */
  isAskedToRemind(s: Sender): void {
    const now = Date.now();
    this.reminder = notificationOf('onboarding.reminder', viewOf(s, now), now);
    this.tell();
  }

  get knowsAll(): boolean {
    return this.telling === null;
  }

  /** Resolves once he was told all that there is to be told. */
  async isToldAll(): Promise<void> {
    while (this.telling) await this.telling;
  }

  private tell(): void {
    this.telling ??= this.tellAll();
  }

  private async tellAll(): Promise<void> {
    for (;;) {
      const { newest, reminder } = this;
      if (newest) {
        await handOver(newest.update);
        this.told = newest.gist;
        if (this.newest === newest) this.newest = null;
      } else if (reminder) {
        await handOver(reminder);
        if (this.reminder === reminder) this.reminder = null;
      } else {
        // At once: what comes a moment later begins anew.
        this.telling = null;
        return;
      }
    }
  }
}

/** That he cannot be told is no reason to stop: an onboarding does not depend on who listens. */
async function handOver(notification: Notification): Promise<void> {
  try {
    await tellPartner(notification);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const { type, sequence } = notification;
    log.error('the partner could not be told', { type, sequence });
  }
}
