import { MAIL_TEXTS } from '../mailbox/texts.ts';
import { LINKS, type MailAction, type Mail, type SentMail, linkOf } from '../state/mail.ts';

/** The mails in the mailbox, newest first. */
export function mailbox(mails: readonly SentMail[], publicUrl: string): readonly Mail[] {
  return mails.toReversed().flatMap((mail) => {
    const { delivery } = mail;
    return delivery === 'link' ? [] : [read(mail, delivery, publicUrl)];
  });
}

function read(mail: SentMail, delivery: Mail['delivery'], publicUrl: string): Mail {
  const { id, to, kind, date, accountId, language } = mail;
  const links = LINKS[kind].map((action): [MailAction, string] => [
    action,
    linkOf(publicUrl, mail, action),
  ]);
  return {
    id,
    to,
    kind,
    date,
    accountId,
    delivery,
    language,
    ...MAIL_TEXTS[kind][language],
    links: Object.fromEntries(links),
  };
}
