import type { Context } from '../context.ts';
import { pathOf } from '../people/links.ts';
import { mailbox } from '../people/read-mail.ts';
import { possibility } from '../people/perform.ts';
import type { Account } from '../state/account.ts';
import { LINKS, type Action, type Mail, type SentMail } from '../state/mail.ts';
import { keeping, layoutData, moment, type Reader } from './page.ts';
import { render } from './templates/render.ts';
import { actionText, MAIL_TEXTS } from './texts.ts';
import { turnedTo } from './turning.ts';

/** More make no list that anybody reads; any other address can be given in the page's own. */
const ADDRESSES_SHOWN = 200;

/** The mailbox, newest first, everyone's or one address's. */
export function mailboxPage(context: Context, reader: Reader): string {
  const { words, to } = reader;
  const all = context.records.mails.filter(({ delivery }) => delivery !== 'link');
  const wanted = all.filter((mail) => to === '' || mail.to === to);
  const { shown, ...turn } = turnedTo(wanted, reader, '/');
  return render('@mailbox', {
    page: layoutData(reader, { name: 'mailbox', path: '/', title: words.mailbox }),
    words,
    to,
    addresses: addressesIn(all, to),
    count: words.mails(wanted.length),
    apiUrl: `${context.publicUrl()}/api/`,
    mails: mailbox(shown, context.publicUrl()).map((mail) => card(context, reader, mail)),
    turn,
  });
}

/** Those with the newest mail, and the one that is chosen. */
function addressesIn(mails: readonly SentMail[], chosen: string): readonly string[] {
  const newest = [...new Set(mails.toReversed().map((mail) => mail.to))].slice(0, ADDRESSES_SHOWN);
  return [...new Set(chosen === '' ? newest : [...newest, chosen])].sort();
}

function card({ records }: Context, reader: Reader, mail: Mail) {
  const { lang, words } = reader;
  const sent = records.mail(mail.id);
  const account = records.account(mail.accountId);
  const stand = standing(mail, account, reader);
  const open =
    sent === undefined || account === undefined
      ? []
      : [...LINKS[mail.kind], ...(mail.kind === 'access-request' ? WITHDRAW : [])].filter(
          (action) => possibility(sent, action, account) === 'open',
        );
  return {
    ...mail,
    // In the reader's language, whatever the mail was sent in: this is a tool, not an inbox.
    ...MAIL_TEXTS[mail.kind][lang],
    ...stand,
    delivery: mail.delivery === 'letter' ? words.letter : words.eMail,
    when: moment(mail.date, lang),
    buttons: open.map((action, place) => ({
      id: `b-${mail.id}-${action}`,
      href: keeping(reader, pathOf(mail, action)),
      label: actionText(mail.kind, action, lang).button,
      weight: place === 0 && stand.standing === 'open' ? 'main' : 'quiet',
    })),
  };
}

const WITHDRAW: readonly Action[] = ['withdraw'];

/** Whether the mail still waits for its reader. */
function standing(mail: Mail, account: Account | undefined, { words }: Reader) {
  const open = { standing: 'open', badge: words.waiting };
  const done = { standing: 'done', badge: words.done };
  if (account === undefined) return done;
  switch (mail.kind) {
    case 'access-request':
      return accessStanding(account, words);
    case 'email-confirmation':
      return account.confirmed ? done : open;
    case 'terms':
      return account.cgu ? done : open;
    case 'payment':
      return account.payment_active ? done : open;
    case 'identity-letter':
      return account.is_identity_verified ? done : open;
  }
}

function accessStanding({ access }: Account, words: Reader['words']) {
  switch (access) {
    case 'none':
    case 'asked':
      return { standing: 'open', badge: words.waiting };
    case 'granted':
      return { standing: 'done', badge: words.granted };
    case 'refused':
      return { standing: 'declined', badge: words.refused };
    case 'withdrawn':
      return { standing: 'declined', badge: words.withdrawn };
  }
}
