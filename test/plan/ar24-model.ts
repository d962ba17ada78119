/** AR24 as one sender sees it, in memory: enough to answer every call the plan can make. */
import type {
  AskResult,
  CallFailure,
  CreateAccountResult,
  Sighting,
  Target,
} from '../../workflows/contract/index.ts';
import type { CallStep } from '../../workflows/plan/plan.ts';
import type { Event } from '../../workflows/state/events.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { ModelAccount } from './model-account.ts';

export type Trouble =
  | 'none'
  | 'down'
  | 'lost-answers'
  /** Written, and answered by something that cannot be read. */
  | 'broken-answers'
  | 'unknown-slug'
  /** Attached by its address, unavailable by its id. */
  | 'two-faced'
  /** What is read as attached is unavailable to every write. */
  | 'read-only'
  | 'refuses-address'
  /** Shows no account where there is one. */
  | 'blind';

type Asked = AskResult['asked'];

const lost = (trouble: Trouble): Asked | null => {
  if (trouble === 'lost-answers')
    return { kind: 'unanswered', answersLost: 1, problem: 'unreachable' };
  return trouble === 'broken-answers'
    ? { kind: 'unanswered', answersLost: 1, problem: 'contract' }
    : null;
};

export class Ar24Model {
  account: ModelAccount | null = null;
  trouble: Trouble = 'none';
  refusesForm = false;
  creations = 0;
  /** Creations called for although what became of the last one was not known and not read. */
  blindCreations = 0;
  private creationOpen = false;
  /** Times that the identity was ordered, by the account's id. */
  readonly identityOrders = new Map<string, number>();
  private ids = 0;

  /** By its holder. */
  openAccount(): void {
    this.account ??= new ModelAccount(String(++this.ids));
  }

  read(by: Target['by']): Sighting {
    if (!this.account || this.trouble === 'blind') return { kind: 'absent' };
    const isDenied = this.trouble === 'two-faced' && by === 'id';
    if (!this.account.isAttached || isDenied) return { kind: 'unavailable' };
    return { kind: 'attached', account: this.account.shown() };
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
      this.isLeftIn(step);
      return failed({ problem: 'unreachable' });
    }
    if (step.do === 'look') {
      this.creationOpen = false;
      return { kind: 'looked', sighting: this.read(step.target.by), ...from };
    }
    if (this.trouble === 'unknown-slug') return failed({ problem: 'unknown-slug', slug: 'what' });
    this.creationOpen = false;
    switch (step.do) {
      case 'request-access':
        return { kind: 'access-requested', result: this.requestAccess(), ...from };
      case 'create-account': {
        const result = this.create(step.readBack, s.request.reference);
        return 'problem' in result ? failed(result) : { kind: 'account-created', result, ...from };
      }
      case 'request-terms':
        return { kind: 'terms-requested', result: this.ask(step.unlessChangedFrom), ...from };
      case 'request-payment':
        return { kind: 'payment-requested', result: this.ask(step.unlessChangedFrom), ...from };
      case 'order-identity':
        return {
          kind: 'identity-ordered',
          result: this.order(step.accountId, step.unlessChangedFrom),
          ...from,
        };
    }
  }

  /** The call ended with nobody to hear of it. */
  isLeftIn(step: CallStep): void {
    this.creationOpen ||= step.do === 'create-account';
  }

  private requestAccess(): AskResult {
    const sighting = this.read('email');
    if (sighting.kind === 'attached') return { sighting, asked: { kind: 'unneeded' } };
    if (this.trouble === 'refuses-address') {
      return { sighting, asked: { kind: 'refused', slug: 'missing_email', field: 'email' } };
    }
    const taken: Asked =
      sighting.kind === 'absent'
        ? { kind: 'refused', slug: 'user_not_exist' }
        : { kind: 'taken', answersLost: 0 };
    return { sighting, asked: lost(this.trouble) ?? taken };
  }

  private ask(unlessChangedFrom: Sighting | undefined): AskResult {
    const sighting = unlessChangedFrom ? this.read('id') : null;
    const changed = JSON.stringify(sighting) !== JSON.stringify(unlessChangedFrom);
    if (unlessChangedFrom && changed) return { sighting, asked: { kind: 'unneeded' } };
    if (!this.account?.isAttached || this.trouble === 'read-only') {
      return { sighting, asked: { kind: 'refused', slug: 'user_unavailable' } };
    }
    return { sighting, asked: lost(this.trouble) ?? { kind: 'taken', answersLost: 0 } };
  }

  private order(id: string, unlessChangedFrom: Sighting | undefined): AskResult {
    const result = this.ask(unlessChangedFrom);
    if (result.asked.kind === 'taken' || result.asked.kind === 'unanswered') {
      this.identityOrders.set(id, (this.identityOrders.get(id) ?? 0) + 1);
    }
    return result;
  }

  private create(readBack: boolean, reference: string): CreateAccountResult | CallFailure {
    const before = this.read('email');
    if (readBack && before.kind === 'attached' && before.account.customRef === reference) {
      return { kind: 'created', account: before.account, termsMailed: false };
    }
    if (this.account) return { kind: 'exists' };
    if (this.refusesForm) return { kind: 'not-created' };
    this.creations++;
    this.account = new ModelAccount(String(++this.ids), reference);
    const unheard = lost(this.trouble);
    if (unheard?.kind === 'unanswered') {
      this.creationOpen = true;
      return { problem: unheard.problem };
    }
    return { kind: 'created', account: this.account.shown(), termsMailed: false };
  }
}
