import type { Action, SentMail } from '../state/mail.ts';

/** The path of a mail's link, below the simulator's address. */
export function pathOf(mail: Pick<SentMail, 'id'>, action: Action): string {
  return `/m/${mail.id}/${action}`;
}

export function linkOf(publicUrl: string, mail: Pick<SentMail, 'id'>, action: Action): string {
  return publicUrl + pathOf(mail, action);
}
