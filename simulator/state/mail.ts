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

/** What a person can do by a link of a mail. */
export const ACTIONS = ['accept', 'refuse', 'confirm', 'pay', 'enter-key', 'withdraw'] as const;
export type Action = (typeof ACTIONS)[number];

/** The links in each kind of mail, the expected one first. */
export const LINKS: Readonly<Record<MailKind, readonly Action[]>> = {
  'access-request': ['accept', 'refuse'],
  'email-confirmation': ['confirm'],
  terms: ['accept'],
  payment: ['pay'],
  'identity-letter': ['enter-key'],
};

export const SentMailSchema = z.strictObject({
  /** Random and unguessable: whoever has it may follow the links. */
  id: z.string(),
  kind: z.enum(MAIL_KINDS),
  accountId: z.string(),
  to: z.string(),
  /** ISO 8601. */
  date: z.iso.datetime(),
  language: z.enum(['fr', 'en']),
  /** `link`: given to the partner instead of being sent, so not in the mailbox. */
  delivery: z.enum(['e-mail', 'letter', 'link']),
});

/** A mail as it is kept; its text is made when it is read. */
export type SentMail = Readonly<z.infer<typeof SentMailSchema>>;

/** A mail as its reader sees it. */
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
  /** Absolute addresses; GET asks, POST does. */
  readonly links: Readonly<Partial<Record<Action, string>>>;
}
