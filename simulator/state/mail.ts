import { z } from 'zod';

/** The e-mails that AR24 sends to a holder, and the one paper letter. */
export const MAIL_KINDS = [
  'access-request',
  'email-confirmation',
  'terms',
  'payment',
  'identity-letter',
] as const;

export type MailKind = (typeof MAIL_KINDS)[number];

/** Links that undo something; they work with the identifier of any mail to the holder. */
export const LOSSES = ['withdraw', 'renew-terms', 'lose-payment', 'revoke-key'] as const;
export type Loss = (typeof LOSSES)[number];

/** All links of mails. */
export const ACTIONS = ['accept', 'refuse', 'confirm', 'pay', 'enter-key', ...LOSSES] as const;
export type MailAction = (typeof ACTIONS)[number];

/** The links in each kind of mail, the expected one first. */
export const LINKS: Readonly<Record<MailKind, readonly MailAction[]>> = {
  'access-request': ['accept', 'refuse'],
  'email-confirmation': ['confirm'],
  terms: ['accept'],
  payment: ['pay'],
  'identity-letter': ['enter-key'],
};

export const SentMailSchema = z.strictObject({
  /** Random and unguessable, because it is all that is needed to follow the links. */
  id: z.string(),
  kind: z.enum(MAIL_KINDS),
  accountId: z.string(),
  to: z.string(),
  /** ISO 8601. */
  date: z.iso.datetime(),
  language: z.enum(['fr', 'en']),
  /** `link`: the partner got the link instead of a mail, so the mailbox does not show it. */
  delivery: z.enum(['e-mail', 'letter', 'link']),
});

/** A mail as it is stored, without its text. */
export type SentMail = Readonly<z.infer<typeof SentMailSchema>>;

/** A mail as the mailbox shows it. */
export interface Mail {
  readonly id: string;
  readonly to: string;
  readonly kind: MailKind;
  /** ISO 8601. */
  readonly date: string;
  readonly accountId: string;
  readonly delivery: 'e-mail' | 'letter';
  readonly language: 'fr' | 'en';
  readonly subject: string;
  readonly text: string;
  /** Absolute URLs: GET shows a question, POST carries out the action. */
  readonly links: Readonly<Partial<Record<MailAction, string>>>;
}

/** The path of a link, below the simulator's base address. */
export function pathOf(mail: Pick<SentMail, 'id'>, action: MailAction): string {
  return `/m/${mail.id}/${action}`;
}

export function linkOf(publicUrl: string, mail: Pick<SentMail, 'id'>, action: MailAction): string {
  return publicUrl + pathOf(mail, action);
}
