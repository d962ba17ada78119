import type { Context } from '../context.ts';
import type { SimulatedAccount } from '../state/account.ts';
import type { LedgerEffect } from '../state/ledger.ts';
import type { Switches } from '../settings/switches.ts';
import { LOSSES, type MailAction, type Loss, type MailKind, type SentMail } from '../state/mail.ts';
import type { WebhookState } from '../webhooks/delivery.ts';
import { sendMail } from './send-mail.ts';

/** The effect of a link on its account. */
interface LinkEffect {
  /** Whether the link would change nothing. */
  readonly isDone: (account: SimulatedAccount, mail: SentMail) => boolean;
  readonly change: Partial<SimulatedAccount> | ((now: Date) => Partial<SimulatedAccount>);
  readonly effect: LedgerEffect;
  readonly state: WebhookState;
}

const GRANT: LinkEffect = {
  // A holder who refused may still accept. After a withdrawal, only a new request has a working link.
  isDone: ({ access }) => access !== 'asked' && access !== 'refused',
  change: { access: 'granted' },
  effect: 'access-granted',
  state: 'access_granted',
};

const REFUSE: LinkEffect = {
  // An old mail cannot refuse access that was granted; the holder can withdraw it.
  isDone: ({ access }) => access !== 'asked',
  change: { access: 'refused' },
  effect: 'access-refused',
  state: 'access_refused',
};

const CONFIRM: LinkEffect = {
  isDone: ({ confirmed }) => confirmed,
  change: { confirmed: true },
  effect: 'email-confirmed',
  state: 'email_confirmed',
};

const ACCEPT_TERMS: LinkEffect = {
  isDone: ({ cgu }) => cgu,
  change: { cgu: true },
  effect: 'terms-accepted',
  state: 'terms_accepted',
};

const PAY: LinkEffect = {
  isDone: ({ payment_active }) => payment_active,
  change: { payment_active: true },
  effect: 'payment-activated',
  state: 'payment_active',
};

const ENTER_KEY: LinkEffect = {
  // A key works once, even if the identity is revoked later; the next letter has another key.
  isDone: ({ identifiedAt }, { date }) => identifiedAt !== null && date <= identifiedAt,
  change: (now) => ({ is_identity_verified: true, identifiedAt: now.toISOString() }),
  effect: 'identity-verified',
  state: 'identity_verified',
};

const LOSS: Readonly<Record<Loss, LinkEffect>> = {
  withdraw: {
    isDone: ({ access }) => access !== 'granted',
    change: { access: 'withdrawn' },
    effect: 'access-withdrawn',
    state: 'access_withdrawn',
  },
  // AR24 published new terms, which are not accepted yet.
  'renew-terms': {
    isDone: ({ cgu }) => !cgu,
    change: { cgu: false },
    effect: 'terms-renewed',
    state: 'terms_renewed',
  },
  'lose-payment': {
    isDone: ({ payment_active, is_payment_possible }) => !payment_active && !is_payment_possible,
    change: { payment_active: false, is_payment_possible: false },
    effect: 'payment-lost',
    state: 'payment_lost',
  },
  'revoke-key': {
    isDone: ({ is_identity_verified }) => !is_identity_verified,
    change: { is_identity_verified: false },
    effect: 'identity-revoked',
    state: 'identity_revoked',
  },
};

const EFFECTS: Readonly<Record<MailKind, Readonly<Partial<Record<MailAction, LinkEffect>>>>> = {
  'access-request': { accept: GRANT, refuse: REFUSE },
  'email-confirmation': { confirm: CONFIRM },
  terms: { accept: ACCEPT_TERMS },
  payment: { pay: PAY },
  'identity-letter': { 'enter-key': ENTER_KEY },
};

function effectOf(mail: SentMail, action: MailAction): LinkEffect | undefined {
  const loss = LOSSES.find((name) => name === action);
  return loss === undefined ? EFFECTS[mail.kind][action] : LOSS[loss];
}

/** Whether a link exists, and whether following it would change anything. */
export type Possibility = 'open' | 'done' | 'no-such-link';

export function possibility(
  mail: SentMail,
  action: MailAction,
  account: SimulatedAccount,
): Possibility {
  const linkEffect = effectOf(mail, action);
  if (linkEffect === undefined) return 'no-such-link';
  return linkEffect.isDone(account, mail) ? 'done' : 'open';
}

/** Follows a link for its reader. A second time changes nothing. */
export function perform(
  context: Context,
  mail: SentMail,
  action: MailAction,
): 'done' | 'already-done' | 'over' | 'no-such-link' {
  const account = context.records.account(mail.accountId);
  const linkEffect = effectOf(mail, action);
  if (account === undefined || linkEffect === undefined) return 'no-such-link';
  if (linkEffect.isDone(account, mail)) return 'already-done';
  const now = context.now();
  if (action === 'confirm' && isOver(mail, context.switches(), now)) {
    return tooLate(context, mail, account, now);
  }
  const { change, effect, state } = linkEffect;
  const changed = { ...account, ...(typeof change === 'function' ? change(now) : change) };
  context.records.putAccount(changed);
  context.records.record({ effect, accountId: account.id }, now);
  context.outbox.announce(changed, state, now);
  return 'done';
}

function isOver({ date }: SentMail, { confirmationLinkMinutes }: Switches, now: Date): boolean {
  if (confirmationLinkMinutes === null) return false;
  return now.getTime() >= Date.parse(date) + confirmationLinkMinutes * 60_000;
}

/** The confirmation link has expired: depending on a switch, sends another mail or removes the account. */
function tooLate(
  context: Context,
  { kind, language }: SentMail,
  account: SimulatedAccount,
  now: Date,
): 'over' {
  switch (context.switches().confirmationLinkOver) {
    case 'mail':
      sendMail(context, { kind, account, language, now });
      break;
    case 'account-gone':
      context.records.removeAccount(account);
      context.records.record({ effect: 'account-removed', accountId: account.id }, now);
      break;
    case 'nothing':
  }
  return 'over';
}
