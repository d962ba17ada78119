/** One sender's whole life in virtual time: whatever happens, then the plan until it waits. */
import {
  DEFAULT_POLICY,
  type OnboardingRequest,
  type Policy,
  type Sighting,
} from '../../workflows/contract/index.ts';
import { plan, targetOf, wakeAt, type CallStep, type Step } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { deadlineStoodStillMs } from '../../workflows/state/problem.ts';
import { newSender, type Sender } from '../../workflows/state/sender.ts';
import { Ar24Model } from './ar24-model.ts';
import type { Happening, InCall } from './happening.ts';
import { meet } from './meeting.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 8);
/** More steps than this without waiting would be a busy loop. */
const MOST_STEPS = 40;
const MOST_WAKES = 2_000;

export interface Recorded {
  readonly at: number;
  readonly step: Step;
  readonly before: Sender;
  /** What AR24 would show at that moment, but for what came when it had just been read. */
  readonly truth: Sighting;
}

/** Trouble that is over, and where the deadline was before and after it. */
interface Mended {
  readonly lastedMs: number;
  readonly deadlineMovedMs: number;
}

export class Life {
  readonly ar24 = new Ar24Model();
  readonly steps: Recorded[] = [];
  readonly mended: Mended[] = [];
  /** Accounts that went before we had ever seen them. */
  unseenDeletions = 0;
  /** Times that an operator had everything begun anew, after the account was gone. */
  begunAnew = 0;
  sender: Sender;
  now = START;
  /** What happens in the middle of the next calls. */
  private inCalls: InCall[] = [];

  constructor(request: OnboardingRequest, policy: Policy = DEFAULT_POLICY) {
    const before = { askedBefore: false, identityOrderedBefore: false };
    this.sender = newSender({ request, ...before, policy }, START);
    this.run();
  }

  observe(event: Event): void {
    const { problem, deadlineAt, account } = this.sender;
    this.sender = reduce(this.sender, event);
    if (account && !this.sender.account) this.begunAnew++;
    if (problem && !this.sender.problem) {
      const deadlineMovedMs = this.sender.deadlineAt - deadlineAt;
      this.mended.push({ lastedMs: deadlineStoodStillMs(problem, event.at), deadlineMovedMs });
    }
  }

  /** As the workflow's loop does, until the plan is to wait. */
  run(): void {
    let truth = this.truth();
    for (let steps = 0; !this.sender.outcome; steps++) {
      if (steps > MOST_STEPS) throw new Error('the plan never comes to a wait');
      const step = plan(this.sender, this.now);
      this.steps.push({ at: this.now, step, before: this.sender, truth });
      switch (step.do) {
        case 'finish':
          this.observe({ kind: 'finished', outcome: step.outcome, at: this.now });
          break;
        case 'remind-by-partner':
          this.observe({ kind: 'partner-reminded', at: this.now });
          break;
        case 'wait':
        case 'collect-registration':
        case 'ask-operator':
        case 'wait-for-repair':
          return;
        default:
          truth = this.call(step);
      }
    }
  }

  private truth(): Sighting {
    return this.ar24.read(targetOf(this.sender).by);
  }

  /**
   * Whatever comes in the middle finds AR24 before or after it has done what it was called for.
   * Returns what AR24 showed when it was called.
   */
  private call(step: CallStep): Sighting {
    this.observe({ kind: 'acting', call: step.do, at: this.now });
    const { sender: before, now: startedAt } = this;
    const inCall = this.inCalls.shift();
    const early = inCall?.ar24 === 'early' ? this.ar24.answer(step, before, startedAt) : null;
    const earlyTruth = this.truth();
    for (const h of inCall?.brings ?? []) {
      // Nothing wakes the plan as long as it waits for the call.
      if (h.what === 'time') this.now += h.minutes * MINUTE;
      else this.meet(h);
    }
    if (inCall?.isCutOff && this.isOvertaken(before) && isLeftUntold(step, early)) {
      this.ar24.isLeftIn(step);
      const { email } = before.request;
      this.observe({ kind: 'call-interrupted', call: step.do, email, at: this.now });
      return this.truth();
    }
    const answer = early ?? this.ar24.answer(step, before, startedAt);
    this.observe({ ...answer, at: this.now });
    return early ? earlyTruth : this.truth();
  }

  /** As the workflow judges whether a call is to be broken off. */
  private isOvertaken({ cancel, request }: Sender): boolean {
    const isCancelled = cancel === null && this.sender.cancel !== null;
    return isCancelled || request.email !== this.sender.request.email;
  }

  /** What was still to come in the middle of a call does not. */
  isLeftAlone(): void {
    this.inCalls = [];
  }

  happens(happening: Happening | InCall): void {
    if (happening.what === 'time') this.pass(happening.minutes * MINUTE);
    else if (happening.what === 'in-call') this.inCalls.push(happening);
    else this.meet(happening);
    this.run();
  }

  /** Wakes at every moment at which the plan asks to be woken. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (let wakes = 0; !this.sender.outcome; wakes++) {
      if (wakes > MOST_WAKES) throw new Error('the plan wakes without end');
      const { soon, later } = wakeAt(this.sender, this.now);
      const next = Math.min(soon ?? Infinity, later ?? Infinity);
      if (next > end) break;
      this.now = Math.max(this.now, next);
      this.run();
    }
    this.now = Math.max(this.now, end);
  }

  private meet(happening: Exclude<Happening, { what: 'time' }>): void {
    const event = meet(this, happening);
    if (event) this.observe(event);
  }
}

/** What AR24 was mailed or ordered for is told, though the call is broken off. */
function isLeftUntold(step: CallStep, early: Event | null): boolean {
  return early === null || step.do === 'look' || step.do === 'create-account';
}
