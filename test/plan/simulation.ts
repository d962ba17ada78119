/** Simulates one sender in virtual time: a life event, then the plan until it waits. */
import {
  DEFAULT_POLICY,
  type OnboardingRequest,
  type Policy,
  type AccountSnapshot,
} from '../../workflows/contract/index.ts';
import { targetOf } from '../../workflows/plan/account-steps.ts';
import { plan, wakeAt } from '../../workflows/plan/plan.ts';
import type { CallStep, Step } from '../../workflows/plan/steps.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import { deadlineStoodStillMs } from '../../workflows/state/problem.ts';
import { newSender } from '../../workflows/state/new-sender.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { Ar24Model } from './ar24-model.ts';
import type { LifeEvent, InCall } from './life-event.ts';
import { applyLifeEvent } from './apply-life-event.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 8);
/** More steps than this without waiting would be a busy loop. */
const MOST_STEPS = 40;
const MOST_WAKES = 2_000;

export interface Recorded {
  readonly at: number;
  readonly step: Step;
  readonly before: Sender;
  /** What AR24 shows at that moment, without changes since it was read. */
  readonly truth: AccountSnapshot;
}

/** A problem that is over: how long it lasted, and by how much the deadline moved. */
interface EndedProblem {
  readonly lastedMs: number;
  readonly deadlineMovedMs: number;
}

/** What a sender shares with other senders. */
export interface Surroundings {
  readonly accessRequestedBefore: boolean;
  readonly ar24For: (email: string) => Ar24Model;
  readonly hasOtherRequesters: (s: Sender, accountId: string) => boolean;
}

export class Simulation {
  readonly steps: Recorded[] = [];
  readonly endedProblems: EndedProblem[] = [];
  /** Accounts deleted before we ever saw them. */
  unseenDeletions = 0;
  /** How often an operator started over after the account was gone. */
  startedOver = 0;
  sender: Sender;
  now = START;
  /** Life events during the next calls. */
  private duringCalls: InCall[] = [];

  private readonly surroundings: Surroundings;

  constructor(
    request: OnboardingRequest,
    policy: Policy = DEFAULT_POLICY,
    { accessRequestedBefore = false, ...surroundings }: Partial<Surroundings> = {},
  ) {
    const alone = new Ar24Model();
    this.surroundings = {
      accessRequestedBefore,
      ar24For: () => alone,
      hasOtherRequesters: () => false,
      ...surroundings,
    };
    const before = { accessRequestedBefore, identityOrderedBefore: false };
    const emailHashes = [`1.${request.email}`];
    this.sender = newSender({ request, emailHashes, ...before }, START);
    this.observe({ kind: 'policy-read', policy, fingerprint: 'f', at: START });
    this.run();
  }

  get ar24(): Ar24Model {
    return this.surroundings.ar24For(this.sender.request.email);
  }

  observe(event: Event): void {
    const { problem, waiting, access } = this.sender;
    this.sender = reduce(this.sender, event);
    if (access.held && !this.sender.access.held) this.startedOver++;
    if (problem && !this.sender.problem) {
      const deadlineMovedMs = this.sender.waiting.deadlineAt - waiting.deadlineAt;
      this.endedProblems.push({
        lastedMs: deadlineStoodStillMs(problem, event.at),
        deadlineMovedMs,
      });
    }
  }

  /** As the workflow's loop does, until the plan is to wait. */
  run(): void {
    let truth = this.truth();
    for (let steps = 0; !this.sender.outcome; steps++) {
      if (steps > MOST_STEPS) throw new Error('the plan never waits');
      const step = plan(this.sender, this.now);
      this.steps.push({ at: this.now, step, before: this.sender, truth });
      switch (step.do) {
        case 'finish':
          this.observe({ kind: 'finished', outcome: step.outcome, at: this.now });
          break;
        case 'remind-by-partner':
          this.observe({ kind: 'partner-reminded', at: this.now });
          break;
        case 'read-policy':
          throw new Error('the policy was read at the beginning');
        case 'find-other-requesters':
          this.observe({
            kind: 'requesters-found',
            found: this.surroundings.hasOtherRequesters(this.sender, step.accountId),
            accountId: step.accountId,
            email: this.sender.request.email,
            at: this.now,
          });
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

  private truth(): AccountSnapshot {
    return this.ar24.read(targetOf(this.sender).by);
  }

  /**
   * Makes a call; its life events happen before or after AR24 carries it out. Returns what AR24
   * showed when it was called.
   */
  private call(step: CallStep): AccountSnapshot {
    this.observe({ kind: 'acting', call: step.do, at: this.now });
    const { sender: before, now: startedAt } = this;
    const inCall = this.duringCalls.shift();
    const early = inCall?.ar24 === 'early' ? this.ar24.answer(step, before, startedAt) : null;
    const earlyTruth = this.truth();
    for (const h of inCall?.brings ?? []) {
      // The plan is not woken while a call is in flight.
      if (h.what === 'time') this.now += h.minutes * MINUTE;
      else this.applyNow(h);
    }
    if (inCall?.isCutOff && this.isOvertaken(before) && isUnreported(step, early)) {
      this.ar24.isLeftIn(step);
      const { email } = before.request;
      this.observe({ kind: 'call-interrupted', call: step.do, email, at: this.now });
      return this.truth();
    }
    const answer = inCall?.workerDies
      ? this.afterDeath(step, before, startedAt, early)
      : (early ?? this.ar24.answer(step, before, startedAt));
    this.observe({ ...answer, at: this.now });
    const isRepeated = inCall?.workerDies === true && isRepeatedByTemporal(step);
    return early && !isRepeated ? earlyTruth : this.truth();
  }

  /** Temporal repeats a read, and a creation, which reads back first. A request comes back as timed out. */
  private afterDeath(
    step: CallStep,
    before: Sender,
    startedAt: number,
    early: Event | null,
  ): Event {
    if (step.do === 'read-account') return this.ar24.answer(step, before, startedAt);
    if (step.do === 'create-account') {
      const repeated = { ...step, readBack: step.readBack || early !== null };
      return this.ar24.answer(repeated, before, startedAt);
    }
    return {
      kind: 'call-failed',
      call: step.do,
      failure: { problem: 'unreachable', delivered: 'unknown' },
      startedAt,
      accountId: 'accountId' in step ? step.accountId : undefined,
      email: before.request.email,
      at: this.now,
    };
  }

  /** As the workflow decides whether to cancel a call. */
  private isOvertaken({ cancel, request }: Sender): boolean {
    const isCancelled = cancel === null && this.sender.cancel !== null;
    return isCancelled || request.email !== this.sender.request.email;
  }

  /** Vouches for the present address. */
  vouch(): void {
    const { email } = this.sender.request;
    const emailHashes = this.sender.address.hashes;
    const address = { email, emailHashes, emailVerified: true, by: 'partner' };
    this.observe({ kind: 'address-corrected', address, at: this.now });
    this.run();
  }

  /** Drops the life events planned for later calls. */
  dropEventsDuringCalls(): void {
    this.duringCalls = [];
  }

  apply(event: LifeEvent | InCall): void {
    if (event.what === 'time') this.pass(event.minutes * MINUTE);
    else if (event.what === 'in-call') this.duringCalls.push(event);
    else this.applyNow(event);
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

  private applyNow(lifeEvent: Exclude<LifeEvent, { what: 'time' }>): void {
    const event = applyLifeEvent(this, lifeEvent);
    if (event) this.observe(event);
  }
}

/** A request or order that AR24 has received is reported even if the call is cancelled. */
function isUnreported(step: CallStep, early: Event | null): boolean {
  return early === null || isRepeatedByTemporal(step);
}

/** After a worker's death. */
function isRepeatedByTemporal(step: CallStep): boolean {
  return step.do === 'read-account' || step.do === 'create-account';
}
