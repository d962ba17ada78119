import type { Context } from '../context.ts';
import type { Account } from '../state/account.ts';
import type { Effect } from '../state/ledger.ts';
import type { Action, MailKind, SentMail } from '../state/mail.ts';
import type { WebhookState } from '../webhooks/states.ts';

/** What following a link does to the account behind it. */
interface Deed {
  /** Whether there is nothing left to do. */
  readonly isDone: (account: Account) => boolean;
  readonly change: Partial<Account>;
  readonly effect: Effect;
  readonly state: WebhookState;
}

const GRANT: Deed = {
  // A refusal can be thought over; after a withdrawal only a new request gives a link that works.
  isDone: ({ access }) => access !== 'asked' && access !== 'refused',
  change: { access: 'granted' },
  effect: 'access-granted',
  state: 'access_granted',
};

const REFUSE: Deed = {
  // Once granted, access is not refused by an old mail; it can be withdrawn.
  isDone: ({ access }) => access !== 'asked',
  change: { access: 'refused' },
  effect: 'access-refused',
  state: 'access_refused',
};

const CONFIRM: Deed = {
  isDone: ({ confirmed }) => confirmed,
  change: { confirmed: true },
  effect: 'email-confirmed',
  state: 'email_confirmed',
};

const ACCEPT_TERMS: Deed = {
  isDone: ({ cgu }) => cgu,
  change: { cgu: true },
  effect: 'terms-accepted',
  state: 'terms_accepted',
};

const PAY: Deed = {
  isDone: ({ payment_active }) => payment_active,
  change: { payment_active: true },
  effect: 'payment-activated',
  state: 'payment_active',
};

const ENTER_KEY: Deed = {
  isDone: ({ is_identity_verified }) => is_identity_verified,
  change: { is_identity_verified: true },
  effect: 'identity-verified',
  state: 'identity_verified',
};

const WITHDRAW: Deed = {
  isDone: ({ access }) => access !== 'granted',
  change: { access: 'withdrawn' },
  effect: 'access-withdrawn',
  state: 'access_withdrawn',
};

const DEEDS: Readonly<Record<MailKind, Readonly<Partial<Record<Action, Deed>>>>> = {
  'access-request': { accept: GRANT, refuse: REFUSE },
  'email-confirmation': { confirm: CONFIRM },
  terms: { accept: ACCEPT_TERMS },
  payment: { pay: PAY },
  'identity-letter': { 'enter-key': ENTER_KEY },
};

function deedOf(mail: SentMail, action: Action): Deed | undefined {
  return action === 'withdraw' ? WITHDRAW : DEEDS[mail.kind][action];
}

/** Whether a link can be followed, and whether that would change anything. */
export type Possibility = 'open' | 'done' | 'no-such-link';

export function possibility(mail: SentMail, action: Action, account: Account): Possibility {
  const deed = deedOf(mail, action);
  if (deed === undefined) return 'no-such-link';
  return deed.isDone(account) ? 'done' : 'open';
}

/** Does what a person does by a link. A second time changes nothing. */
export function perform(
  context: Context,
  mail: SentMail,
  action: Action,
): 'done' | 'already-done' | 'no-such-link' {
  const account = context.records.account(mail.accountId);
  const deed = deedOf(mail, action);
  if (account === undefined || deed === undefined) return 'no-such-link';
  if (deed.isDone(account)) return 'already-done';
  const now = context.now();
  const changed = { ...account, ...deed.change };
  context.records.putAccount(changed);
  context.records.record({ effect: deed.effect, accountId: account.id }, now);
  context.outbox.announce(changed, deed.state, now);
  return 'done';
}
