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

  /** @param onEnd gets the result, unless the task was stopped. The task counts as over by then: it may be begun again */
  keep<T>(key: string, task: () => Promise<T>, onEnd: (result: T) => void): void {
    if (this.key === key) return;
    this.stop();
    this.key = key;
    const scope = new CancellationScope({ cancellable: true });
    this.scope = scope;
    void scope
      .run(task)
      .then((result) => {
        // It may have ended in the moment in which it was stopped.
        if (this.scope !== scope) return;
        this.key = this.scope = null;
        onEnd(result);
      })
      .catch(ignoreCancellation);
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
    alarm.keep(String(at), () => sleep(Math.max(1, at - Date.now()), { summary }), this.onWake);
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
    this.poll.keep(JSON.stringify([input, claimed]), () => polled(input, s), this.onEvent);
  }
}

async function polled(input: AwaitChangeInput, { request: { email } }: Sender): Promise<Event> {
  const startedAt = Date.now();
  try {
    const snapshot = await awaitChange(input);
    return { kind: 'account-read', snapshot, email, startedAt, at: Date.now() };
  } catch (error) {
    const failure = failureOf(error);
    const at = Date.now();
    return {
      kind: 'call-failed',
      call: 'read-account',
      failure,
      email,
      startedAt: failure.since ?? at,
      at,
    };
  }
}
