/** One sender's whole life in virtual time: whatever happens, then the plan until it waits. */
import {
  DEFAULT_POLICY,
  type OnboardingRequest,
  type Sighting,
} from '../../workflows/contract/index.ts';
import { plan, wakeAt, type Step } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import { reduce } from '../../workflows/state/reduce.ts';
import {
  refusalToCorrectAddress,
  refusalToExtend,
  refusalToOverride,
  refusalToRegister,
  refusalToRemind,
} from '../../workflows/state/refusals.ts';
import { newSender, type Sender } from '../../workflows/state/sender.ts';
import { registrationForm } from '../support/people.ts';
import { Ar24Model } from './ar24-model.ts';
import type { Happening } from './happening.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 2, 8);
/** More steps than this without waiting would be a busy loop. */
const MOST_STEPS = 40;
const MOST_WAKES = 2_000;

export interface Recorded {
  readonly at: number;
  readonly step: Step;
  readonly before: Sender;
  /** What AR24 would show at that moment. */
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

  constructor(request: OnboardingRequest) {
    const before = { askedBefore: false, identityOrderedBefore: false };
    this.sender = newSender({ request, ...before, policy: DEFAULT_POLICY }, START);
    this.run();
  }

  observe(event: Event): void {
    const { problem, deadlineAt, account } = this.sender;
    this.sender = reduce(this.sender, event);
    if (account && !this.sender.account) this.begunAnew++;
    if (problem && !this.sender.problem) {
      const deadlineMovedMs = this.sender.deadlineAt - deadlineAt;
      this.mended.push({ lastedMs: event.at - problem.since, deadlineMovedMs });
    }
  }

  /** As the workflow's loop does, until the plan is to wait. */
  run(): void {
    for (let steps = 0; !this.sender.outcome; steps++) {
      if (steps > MOST_STEPS) throw new Error('the plan never comes to a wait');
      const step = plan(this.sender, this.now);
      this.steps.push({ at: this.now, step, before: this.sender, truth: this.ar24.sighting() });
      switch (step.do) {
        case 'finish':
          this.observe({ kind: 'finished', outcome: step.outcome, at: this.now });
          break;
        case 'wait':
        case 'collect-registration':
        case 'ask-operator':
        case 'wait-for-repair':
          return;
        default:
          this.observe({ kind: 'acting', call: step.do, at: this.now });
          this.observe(this.ar24.answer(step, this.sender, this.now));
      }
    }
  }

  happens(happening: Happening): void {
    if (happening.what === 'time') this.pass(happening.minutes * MINUTE);
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
    this.now = end;
  }

  private meet(h: Exclude<Happening, { what: 'time' }>): void {
    const { ar24, now: at, sender: s } = this;
    const account = ar24.account;
    switch (h.what) {
      case 'trouble':
        ar24.trouble = h.trouble;
        return;
      case 'form-trouble':
        ar24.refusesForm = h.refuses;
        return;
      case 'opens-account':
        ar24.openAccount(false);
        return;
      case 'accepts-access':
        if (account) account.attached = true;
        return;
      case 'loses-access':
        if (account) account.attached = false;
        return;
      case 'deletes-account':
        if (account && !s.account) this.unseenDeletions++;
        ar24.account = null;
        return;
      case 'confirms-email':
        if (account) account.flags = { ...account.flags, email: 'yes' };
        return;
      case 'accepts-terms':
        if (account) account.flags = { ...account.flags, terms: 'yes' };
        return;
      case 'pays':
        if (account) account.flags = { ...account.flags, payment: 'yes' };
        return;
      case 'proves-identity':
        if (account) account.flags = { ...account.flags, identity: 'yes' };
        return;
      case 'polled':
        if (ar24.trouble !== 'down' && !s.problem) {
          const from = { startedAt: at, email: s.request.email, at };
          this.observe({ kind: 'looked', sighting: ar24.sighting(), ...from });
        }
        return;
      case 'signal':
        this.observe(h.kind === 'check' ? { kind: 'check', at } : { ...h, at });
        return;
      case 'register':
        if (refusalToRegister(s) === null)
          this.observe({ kind: 'registered', form: registrationForm(), at });
        return;
      case 'remind':
        if (refusalToRemind(s, at) === null) this.observe({ kind: 'remind', at });
        return;
      case 'extend': {
        const until = at + 10 * 24 * 60 * MINUTE;
        if (refusalToExtend(s, until, at) === null) this.observe({ kind: 'extended', until, at });
        return;
      }
      case 'cancel':
        this.observe({ kind: 'cancelled', by: 'somebody', reason: 'because', at });
        return;
      case 'correct-address':
        if (refusalToCorrectAddress(s) === null) {
          const address = { email: h.email, emailHash: 'hash', emailVerified: false };
          this.observe({ kind: 'address-corrected', address, at });
        }
        return;
      case 'override':
        if (refusalToOverride(s, h.requirement) === null) {
          this.observe({
            kind: 'overridden',
            requirement: h.requirement,
            by: 'op',
            reason: 'r',
            at,
          });
        }
        return;
    }
  }
}
