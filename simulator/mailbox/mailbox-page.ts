import type { Context } from '../context.ts';
import { pathOf, LINKS, type MailAction, type Mail, type SentMail } from '../state/mail.ts';
import { mailbox } from '../people/read-mail.ts';
import { possibility } from '../people/perform.ts';
import type { SimulatedAccount } from '../state/account.ts';
import { keeping, layoutData, moment, type MailboxReader, listPage } from './page.ts';
import { render } from './templates.ts';
import { actionText, MAIL_TEXTS } from './texts.ts';

/** The longest list of addresses to choose from. `?to=` in the URL accepts any address. */
const ADDRESSES_SHOWN = 200;

/** The mailbox, newest mail first, of one address or of all. */
export function mailboxPage(context: Context, reader: MailboxReader): string {
  const { words, to } = reader;
  const all = context.records.mails.filter(({ delivery }) => delivery !== 'link');
  const wanted = all.filter((mail) => to === '' || mail.to === to);
  const { shown, ...turn } = listPage(wanted, reader, '/');
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

/** The addresses with the newest mails, and the chosen one. */
function addressesIn(mails: readonly SentMail[], chosen: string): readonly string[] {
  const newest = [...new Set(mails.toReversed().map((mail) => mail.to))].slice(0, ADDRESSES_SHOWN);
  return [...new Set(chosen === '' ? newest : [...newest, chosen])].sort();
}

function card({ records }: Context, reader: MailboxReader, mail: Mail) {
  const { lang, words } = reader;
  const sent = records.mail(mail.id);
  const account = records.account(mail.accountId);
  const state = stateOf(mail, account, reader);
  const open =
    sent === undefined || account === undefined
      ? []
      : [...LINKS[mail.kind], ...(mail.kind === 'access-request' ? WITHDRAW : [])].filter(
          (action) => possibility(sent, action, account) === 'open',
        );
  return {
    ...mail,
    // In the language of the page: this is a tool, so the language of the mail does not matter.
    ...MAIL_TEXTS[mail.kind][lang],
    ...state,
    delivery: mail.delivery === 'letter' ? words.letter : words.eMail,
    when: moment(mail.date, lang),
    buttons: open.map((action, place) => ({
      id: `b-${mail.id}-${action}`,
      href: keeping(reader, pathOf(mail, action)),
      label: actionText(mail.kind, action, lang).button,
      weight: place === 0 && state.standing === 'open' ? 'main' : 'quiet',
    })),
  };
}

const WITHDRAW: readonly MailAction[] = ['withdraw'];

/** Whether the mail still waits for its reader. */
function stateOf(mail: Mail, account: SimulatedAccount | undefined, { words }: MailboxReader) {
  const open = { standing: 'open', badge: words.waiting };
  const done = { standing: 'done', badge: words.done };
  if (account === undefined) return done;
  switch (mail.kind) {
    case 'access-request':
      return accessState(account, words);
    case 'email-confirmation':
      return account.confirmed ? done : open;
    case 'terms':
      return account.cgu ? done : open;
    case 'payment':
      return account.payment_active ? done : open;
    case 'identity-letter':
      return account.identifiedAt !== null && mail.date <= account.identifiedAt ? done : open;
  }
}

function accessState({ access }: SimulatedAccount, words: MailboxReader['words']) {
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
