/** Waiting: a poll of AR24 and two alarms. They keep running while nothing that concerns them changes. */
import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { awaitChange, failureOf } from './calls.ts';
import { CLAIMABLE, type AwaitChangeInput } from './contract/index.ts';
import { targetOf } from './plan/account-steps.ts';
import { wakeAt } from './plan/plan.ts';
import { isContradicted } from './state/claims.ts';
import type { Event } from './state/events.ts';
import { waitingFor } from './state/requirements.ts';
import type { Sender } from './state/sender.ts';

const POLL_RETRY_BUDGET_MS = 15 * 60_000;

/** A background task that is replaced only when its key changes. */
class Background {
  private key: string | null = null;
  private scope: CancellationScope | null = null;

  /** @param start gets a function that says whether its result is still wanted */
  keep(key: string, start: (isWanted: () => boolean) => Promise<void>): void {
    if (this.key === key) return;
    this.stop();
    this.key = key;
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    void scope
      .run(() => start(() => this.scope === scope))
      .catch(ignoreCancellation)
      .finally(() => {
        if (this.scope === scope) this.key = this.scope = null;
      });
  }

  /** @param at ms since the epoch: the key of an alarm is its time */
  ringsBy(at: number): boolean {
    return this.key !== null && Number(this.key) <= at;
  }

  stop(): void {
    this.scope?.cancel();
    this.key = this.scope = null;
  }
}

function ignoreCancellation(error: unknown): void {
  if (!isCancellation(error)) throw error;
}

export class Watch {
  private readonly poll = new Background();
  /** Short pauses apart from the long wait, so that hints do not restart it. */
  private readonly soon = new Background();
  private readonly later = new Background();
  private readonly onEvent: (event: Event) => void;
  private readonly onWake: () => void;

  constructor(onEvent: (event: Event) => void, onWake: () => void) {
    this.onEvent = onEvent;
    this.onWake = onWake;
  }

  /** Starts, keeps or stops the poll and the alarms, so that each change of this sender's plan is noticed. */
  keepFor(s: Sender): void {
    const { soon, later } = wakeAt(s, Date.now());
    this.keepAlarm(this.soon, soon, s.problem ? 'next try' : 'pause between reads');
    this.keepAlarm(this.later, later, 'next reminder or deadline');
    if (s.problem) this.poll.stop();
    else this.keepPolling(s);
  }

  stop(): void {
    for (const background of [this.poll, this.soon, this.later]) background.stop();
  }

  private keepAlarm(alarm: Background, at: number | null, summary: string): void {
    if (at === null) {
      alarm.stop();
      return;
    }
    // An alarm that rings too early only has the plan computed again: cheaper than replacing the timer.
    if (alarm.ringsBy(at)) return;
    alarm.keep(String(at), async () => {
      await sleep(Math.max(1, at - Date.now()), { summary });
      this.onWake();
    });
  }

  private keepPolling(s: Sender): void {
    const input: AwaitChangeInput = {
      target: targetOf(s),
      known: s.lastRead?.snapshot ?? null,
      waitingFor: waitingFor(s),
      poll: s.policy.poll,
      recheck: CLAIMABLE.filter((what) => isContradicted(s, what)),
      retryBudgetMs: POLL_RETRY_BUDGET_MS,
    };
    // A new claim after a contradicted one restarts the quick re-checks.
    const claimed = input.recheck.map((what) => s.claims[what]?.at);
    this.poll.keep(JSON.stringify([input, claimed]), async (isWanted) => {
      const from = { startedAt: Date.now(), email: s.request.email };
      try {
        const snapshot = await awaitChange(input);
        // A poll may succeed although it was just replaced: its snapshot is older than the known one.
        if (!isWanted()) return;
        this.onEvent({ kind: 'account-read', snapshot, ...from, at: Date.now() });
      } catch (error) {
        const failure = failureOf(error);
        if (!isWanted()) return;
        const startedAt = failure.since ?? Date.now();
        this.onEvent({
          kind: 'call-failed',
          call: 'read-account',
          failure,
          ...from,
          startedAt,
          at: Date.now(),
        });
      }
    });
  }
}
