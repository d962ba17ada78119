import { randomBytes } from 'node:crypto';
import type { Context } from '../context.ts';
import type { SimulatedAccount } from '../state/account.ts';
import type { LedgerEffect } from '../state/ledger.ts';
import type { MailKind, SentMail } from '../state/mail.ts';

interface Sending {
  readonly kind: MailKind;
  readonly account: SimulatedAccount;
  readonly language: 'fr' | 'en';
  readonly now: Date;
  /** Default: a letter for an identity letter, else an e-mail. */
  readonly delivery?: SentMail['delivery'];
}

const EFFECT: Readonly<Record<SentMail['delivery'], LedgerEffect>> = {
  'e-mail': 'mail-sent',
  letter: 'letter-sent',
  link: 'payment-link-made',
};

/** Adds a mail to the mailbox and an entry to the ledger. */
export function sendMail({ records }: Context, sending: Sending): SentMail {
  const { kind, account, language, now } = sending;
  const delivery = sending.delivery ?? (kind === 'identity-letter' ? 'letter' : 'e-mail');
  const mail: SentMail = {
    id: randomBytes(16).toString('base64url'),
    kind,
    accountId: account.id,
    to: account.email,
    date: now.toISOString(),
    language,
    delivery,
  };
  records.addMail(mail);
  records.record({ effect: EFFECT[delivery], kind, to: mail.to, accountId: account.id }, now);
  return mail;
}
