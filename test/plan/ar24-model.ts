/** AR24 as one sender sees it, in memory: enough to answer every call the plan can make. */
import type {
  Account,
  AskResult,
  CallFailure,
  CreateAccountResult,
  Sighting,
} from '../../workflows/contract/index.ts';
import type { CallStep } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import type { Sender } from '../../workflows/state/sender.ts';

interface ModelAccount {
  readonly id: string;
  attached: boolean;
  flags: Omit<Account, 'id' | 'customRef' | 'siret' | 'termsByClaim'>;
  readonly customRef?: string;
}

export type Trouble = 'none' | 'down' | 'lost-answers' | 'unknown-slug';

const UNANSWERED = { kind: 'unanswered', answersLost: 1, problem: 'unreachable' } as const;

export class Ar24Model {
  account: ModelAccount | null = null;
  trouble: Trouble = 'none';
  refusesForm = false;
  creations = 0;
  /** Creations called for although what became of the last one was not known and not read. */
  blindCreations = 0;
  private creationOpen = false;
  identityOrders = 0;
  private ids = 0;

  openAccount(attached: boolean): void {
    this.account ??= this.newAccount(attached, false);
  }

  sighting(): Sighting {
    if (!this.account) return { kind: 'absent' };
    if (!this.account.attached) return { kind: 'unavailable' };
    const { id, flags, customRef } = this.account;
    return {
      kind: 'attached',
      account: { id, ...flags, ...(customRef && { customRef }), termsByClaim: false },
    };
  }

  /** The event that a call leads to, as the activities would report it. */
  answer(step: CallStep, s: Sender, at: number): Event {
    const from = { startedAt: at, email: s.request.email, at };
    const failed = (failure: CallFailure): Event => ({
      kind: 'call-failed',
      call: step.do,
      failure,
      ...from,
    });
    if (step.do === 'create-account' && !step.readBack && this.creationOpen) this.blindCreations++;
    if (this.trouble === 'down') {
      this.creationOpen ||= step.do === 'create-account';
      return failed({ problem: 'unreachable' });
    }
    if (step.do === 'look') {
      this.creationOpen = false;
      return { kind: 'looked', sighting: this.sighting(), ...from };
    }
    if (this.trouble === 'unknown-slug') return failed({ problem: 'unknown-slug', slug: 'what' });
    this.creationOpen = false;
    switch (step.do) {
      case 'request-access':
        return { kind: 'access-requested', result: this.requestAccess(), ...from };
      case 'create-account': {
        const result = this.create(step.readBack, s.request.reference);
        return result === 'lost'
          ? failed({ problem: 'unreachable' })
          : { kind: 'account-created', result, ...from };
      }
      case 'request-terms':
        return { kind: 'terms-requested', result: this.ask(step.unlessChangedFrom), ...from };
      case 'request-payment':
        return { kind: 'payment-requested', result: this.ask(step.unlessChangedFrom), ...from };
      case 'order-identity': {
        const result = this.ask(step.unlessChangedFrom);
        if (result.asked.kind !== 'unneeded') this.identityOrders++;
        return { kind: 'identity-ordered', result, ...from };
      }
    }
  }

  private requestAccess(): AskResult {
    const sighting = this.sighting();
    if (sighting.kind === 'attached') return { sighting, asked: { kind: 'unneeded' } };
    if (this.trouble === 'lost-answers') {
      return { sighting, asked: UNANSWERED };
    }
    return sighting.kind === 'absent'
      ? { sighting, asked: { kind: 'refused', slug: 'user_not_exist' } }
      : { sighting, asked: { kind: 'taken', answersLost: 0 } };
  }

  private ask(unlessChangedFrom: Sighting | undefined): AskResult {
    const sighting = this.sighting();
    const changed = JSON.stringify(sighting) !== JSON.stringify(unlessChangedFrom);
    if (unlessChangedFrom && changed) return { sighting, asked: { kind: 'unneeded' } };
    if (sighting.kind !== 'attached') {
      return { sighting: null, asked: { kind: 'refused', slug: 'user_unavailable' } };
    }
    return this.trouble === 'lost-answers'
      ? { sighting, asked: UNANSWERED }
      : { sighting, asked: { kind: 'taken', answersLost: 0 } };
  }

  private create(readBack: boolean, reference: string): CreateAccountResult | 'lost' {
    const before = this.sighting();
    if (readBack && before.kind === 'attached' && before.account.customRef === reference) {
      return { kind: 'created', account: before.account, termsMailed: false };
    }
    if (this.account) return { kind: 'exists' };
    if (this.refusesForm) return { kind: 'not-created' };
    this.creations++;
    this.account = this.newAccount(true, true, reference);
    if (this.trouble === 'lost-answers') {
      this.creationOpen = true;
      return 'lost';
    }
    const after = this.sighting();
    return after.kind === 'attached'
      ? { kind: 'created', account: after.account, termsMailed: false }
      : { kind: 'exists' };
  }

  private newAccount(attached: boolean, byUs: boolean, customRef?: string): ModelAccount {
    return {
      id: String(++this.ids),
      attached,
      flags: {
        email: byUs ? 'no' : 'yes',
        terms: byUs ? 'no' : 'yes',
        profile: 'yes',
        payment: 'no',
        identity: 'no',
      },
      ...(customRef && { customRef }),
    };
  }
}
