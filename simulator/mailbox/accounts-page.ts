import type { Context } from '../context.ts';
import { pathOf } from '../people/links.ts';
import { displayName, type Access, type Account } from '../state/account.ts';
import { keeping, layoutData, moment, type Reader } from './page.ts';
import { render } from './templates/render.ts';
import { turnedTo } from './turning.ts';
import type { Words } from './words.ts';

/** So many of the newest effects are shown. */
const EFFECTS_SHOWN = 50;

/** Every account and where it stands, the ledger's end, and the faults. */
export function accountsPage(context: Context, reader: Reader): string {
  const { lang, words } = reader;
  const { records, faults } = context;
  const { accounts } = records;
  const { shown, ...turn } = turnedTo(accounts, reader, '/accounts');
  const effects = records.ledger.effects.slice(-EFFECTS_SHOWN).toReversed();
  const asked = Object.entries(faults.current).filter(([, fault]) => fault !== null);
  return render('@accounts', {
    page: layoutData(reader, { name: 'accounts', path: '/accounts', title: words.accounts }),
    words,
    count: words.accountCount(accounts.length),
    adminUrl: `${context.publicUrl()}/admin/accounts {"email": "…"}`,
    turn,
    accounts: shown.toReversed().map((account) => card(context, reader, account)),
    effects: effects.map((entry) => ({ ...entry, when: moment(entry.at, lang) })),
    faults: JSON.stringify(Object.fromEntries(asked), null, 2),
  });
}

function card({ records }: Context, reader: Reader, account: Account) {
  const { words } = reader;
  const access = ACCESS[account.access];
  // Any mail to the holder has a way to withdraw access.
  const mail = records.mails.findLast(({ accountId }) => accountId === account.id);
  const withdraws = account.access === 'granted' && mail !== undefined;
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
      fact(words, 'identity', account.is_identity_verified),
      ...(account.custom_ref === ''
        ? []
        : [{ label: words.reference, value: account.custom_ref, tone: '' }]),
    ],
    ...(withdraws && { withdraw: keeping(reader, pathOf(mail, 'withdraw')) }),
  };
}

const ACCESS = {
  none: { word: 'notAsked', tone: '' },
  asked: { word: 'waiting', tone: 'wait' },
  granted: { word: 'granted', tone: 'good' },
  refused: { word: 'refused', tone: 'bad' },
  withdrawn: { word: 'withdrawn', tone: 'bad' },
} as const satisfies Readonly<Record<Access, { word: keyof Words; tone: string }>>;

function fact(words: Words, name: 'email' | 'terms' | 'payment' | 'identity', is: boolean) {
  return { label: words[name], value: is ? words.yes : words.no, tone: is ? 'good' : 'wait' };
}
