import type { Context } from '../context.ts';
import { pathOf, LOSSES } from '../state/mail.ts';
import { possibility } from '../people/perform.ts';
import {
  displayName,
  isIdentified,
  type AccountAccess,
  type SimulatedAccount,
} from '../state/account.ts';
import { keeping, layoutData, moment, type MailboxReader, listPage } from './page.ts';
import { render } from './templates.ts';
import { actionText } from './texts.ts';
import type { Words } from './words.ts';

/** The number of newest effects on the page. */
const EFFECTS_SHOWN = 50;

/** The accounts with their progress, the end of the ledger, and the faults. */
export function accountsPage(context: Context, reader: MailboxReader): string {
  const { lang, words } = reader;
  const { records, faults } = context;
  const { accounts } = records;
  const { shown, ...turn } = listPage(accounts, reader, '/accounts');
  const effects = records.ledger.effects.slice(-EFFECTS_SHOWN).toReversed();
  const active = Object.entries(faults.current).filter(([, fault]) => fault !== null);
  return render('@accounts', {
    page: layoutData(reader, { name: 'accounts', path: '/accounts', title: words.accounts }),
    words,
    count: words.accountCount(accounts.length),
    adminUrl: `${context.publicUrl()}/admin/accounts {"email": "…"}`,
    turn,
    accounts: shown.toReversed().map((account) => card(context, reader, account)),
    effects: effects.map((entry) => ({ ...entry, when: moment(entry.at, lang) })),
    faults: JSON.stringify(Object.fromEntries(active), null, 2),
  });
}

function card(
  { records, switches, now }: Context,
  reader: MailboxReader,
  account: SimulatedAccount,
) {
  const { lang, words } = reader;
  const access = ACCESS[account.access];
  // These links work with the identifier of any mail to the holder.
  const mail = records.mails.findLast(({ accountId }) => accountId === account.id);
  const losses =
    mail === undefined
      ? []
      : LOSSES.filter((loss) => possibility(mail, loss, account) === 'open').map((loss) => ({
          id: `${loss}-${account.id}`,
          href: keeping(reader, pathOf(mail, loss)),
          label: actionText(mail.kind, loss, lang).button,
        }));
  const name = displayName(account);
  return {
    id: account.id,
    email: account.email,
    name: name === '' ? words.noName : name,
    access: words[access.word],
    tone: access.tone,
    facts: [
      fact(words, 'email', account.confirmed),
      fact(words, 'terms', account.cgu),
      fact(words, 'payment', account.payment_active || account.is_payment_possible),
      fact(words, 'identity', isIdentified(account, switches(), now())),
      ...(account.custom_ref === ''
        ? []
        : [{ label: words.reference, value: account.custom_ref, tone: '' }]),
    ],
    losses,
  };
}

const ACCESS = {
  none: { word: 'notAsked', tone: '' },
  asked: { word: 'waiting', tone: 'wait' },
  granted: { word: 'granted', tone: 'good' },
  refused: { word: 'refused', tone: 'bad' },
  withdrawn: { word: 'withdrawn', tone: 'bad' },
} as const satisfies Readonly<Record<AccountAccess, { word: keyof Words; tone: string }>>;

function fact(words: Words, name: 'email' | 'terms' | 'payment' | 'identity', is: boolean) {
  return { label: words[name], value: is ? words.yes : words.no, tone: is ? 'good' : 'wait' };
}
