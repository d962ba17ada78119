/** AR24 as one sender sees it, in memory: enough to answer every call of the plan. */
import type {
  RequestResult,
  CallFailure,
  CreateAccountResult,
  AccountSnapshot,
  Target,
} from '../../workflows/contract/index.ts';
import type { CallStep } from '../../workflows/plan/steps.ts';
import type { Event } from '../../workflows/state/events.ts';
import type { Sender } from '../../workflows/state/sender.ts';
import { ModelAccount } from './model-account.ts';

export type Trouble =
  | 'none'
  | 'down'
  | 'lost-answers'
  /** Carried out, with an answer that cannot be read. */
  | 'broken-answers'
  | 'unknown-slug'
  /** Attached by its address, unavailable by its id. */
  | 'two-faced'
  /** An account that is read as attached is unavailable to every write. */
  | 'read-only'
  | 'refuses-address'
  /** Shows no account although there is one. */
  | 'blind';

type AccessStep = Extract<CallStep, { readonly do: 'request-access' }>;
type RequestAnswer = RequestResult['answer'];

const lost = (trouble: Trouble): RequestAnswer | null => {
  if (trouble === 'lost-answers') return { kind: 'unconfirmed', problem: 'unreachable' };
  return trouble === 'broken-answers' ? { kind: 'unconfirmed', problem: 'contract' } : null;
};

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export class Ar24Model {
  account: ModelAccount | null = null;
  trouble: Trouble = 'none';
  refusesForm = false;
  creations = 0;
  /** Creations requested although the outcome of the last one was unknown and not read. */
  blindCreations = 0;
  private creationOpen = false;
  /** How often the identity was ordered, by the account's id. */
  readonly identityOrders = new Map<string, number>();
  /** Requests for access that AR24 mailed. */
  accessMails = 0;
  private ids = 0;
  private readonly idPrefix: string;

  /** @param idPrefix for several models whose accounts must not have the same ids */
  constructor(idPrefix = '') {
    this.idPrefix = idPrefix;
  }

  private newId(): string {
    return `${this.idPrefix}${++this.ids}`;
  }

  /** By its holder. */
  openAccount(): void {
    this.account ??= new ModelAccount(this.newId());
  }

  read(by: Target['by']): AccountSnapshot {
    if (!this.account || this.trouble === 'blind') return { kind: 'absent' };
    const isDenied = this.trouble === 'two-faced' && by === 'id';
    if (!this.account.isAttached || isDenied) return { kind: 'unavailable' };
    return { kind: 'attached', account: this.account.shown() };
  }

  /** The event of a call, as the activities would report it. */
  answer(step: CallStep, s: Sender, at: number): Event {
    const accountId = 'accountId' in step ? step.accountId : undefined;
    const from = { startedAt: at, email: s.request.email, accountId, at };
    const failed = (failure: CallFailure): Event => ({
      kind: 'call-failed',
      call: step.do,
      failure,
      ...from,
    });
    if (step.do === 'create-account' && !step.readBack && this.creationOpen) this.blindCreations++;
    if (this.trouble === 'down') {
      this.isLeftIn(step);
      // No answer at all: a request was not sent. A creation may have been.
      const delivered = step.do === 'create-account' ? 'unknown' : 'no';
      return failed({ problem: 'unreachable', delivered });
    }
    if (step.do === 'read-account') {
      this.creationOpen = false;
      return { kind: 'account-read', snapshot: this.read(step.target.by), ...from };
    }
    if (this.trouble === 'unknown-slug')
      return failed({ problem: 'unknown-slug', slug: 'what', delivered: 'no' });
    this.creationOpen = false;
    switch (step.do) {
      case 'request-access':
        return { kind: 'access-requested', result: this.requestAccess(step), ...from };
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

  /** The call ended, and its result is discarded. */
  isLeftIn(step: CallStep): void {
    this.creationOpen ||= step.do === 'create-account';
  }

  private requestAccess({ readFirst, unlessChangedFrom }: AccessStep): RequestResult {
    const shown = this.read('email');
    const snapshot = readFirst ? shown : null;
    const isChanged = unlessChangedFrom && !isSame(shown, unlessChangedFrom);
    if (snapshot?.kind === 'attached' || (snapshot && isChanged)) {
      return { snapshot, answer: { kind: 'not-needed' } };
    }
    if (this.trouble === 'refuses-address') {
      return { snapshot, answer: { kind: 'refused', slug: 'missing_email', field: 'email' } };
    }
    const taken: RequestAnswer =
      shown.kind === 'absent' ? { kind: 'refused', slug: 'user_not_exist' } : { kind: 'sent' };
    if (taken.kind === 'sent') this.accessMails++;
    return { snapshot, answer: lost(this.trouble) ?? taken };
  }

  private ask(unlessChangedFrom: AccountSnapshot | undefined): RequestResult {
    const snapshot = unlessChangedFrom ? this.read('id') : null;
    const isChanged = unlessChangedFrom && !isSame(snapshot, unlessChangedFrom);
    if (isChanged) return { snapshot, answer: { kind: 'not-needed' } };
    if (!this.account?.isAttached || this.trouble === 'read-only') {
      return { snapshot, answer: { kind: 'refused', slug: 'user_unavailable' } };
    }
    return { snapshot, answer: lost(this.trouble) ?? { kind: 'sent' } };
  }

  private order(id: string, unlessChangedFrom: AccountSnapshot | undefined): RequestResult {
    const result = this.ask(unlessChangedFrom);
    if (result.answer.kind === 'sent' || result.answer.kind === 'unconfirmed') {
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
    this.account = new ModelAccount(this.newId(), reference);
    const isLost = lost(this.trouble);
    if (isLost?.kind === 'unconfirmed') {
      this.creationOpen = true;
      return { problem: isLost.problem, delivered: 'unknown' };
    }
    return { kind: 'created', account: this.account.shown(), termsMailed: false };
  }
}
