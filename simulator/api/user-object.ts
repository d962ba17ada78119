import { displayName, isIdentified, PREFERENCES, type SimulatedAccount } from '../state/account.ts';
import type { Switches } from '../settings/switches.ts';
import { formatParisDate } from './paris-date.ts';

type Fields = Record<string, unknown>;

/** The JSON types of identifiers and flags (docs/ar24-api.md 4.2). */
interface Types {
  readonly id: (id: string) => unknown;
  /** A flag that is a number in the public sample. */
  readonly flag: (flag: boolean) => unknown;
  /** A flag that is a string in the public sample. */
  readonly quoted: (flag: boolean) => unknown;
}

const digit = (flag: boolean): number => (flag ? 1 : 0);
const quotedDigit = (flag: boolean): string => (flag ? '1' : '0');

const TYPES: Readonly<Record<Switches['numbersAs'], Types>> = {
  strings: { id: (id) => id, flag: quotedDigit, quoted: quotedDigit },
  numbers: { id: Number, flag: digit, quoted: digit },
  mixed: { id: Number, flag: digit, quoted: quotedDigit },
};

/** An account as `GET /user` returns it. */
export function userObject(account: SimulatedAccount, switches: Switches, now: Date): Fields {
  const fields: Fields = {
    ...known(account, TYPES[switches.numbersAs]),
    ...identity(isIdentified(account, switches, now), switches),
    ...(switches.customRefShown && { custom_ref: account.custom_ref }),
    ...(switches.extraFields && EXTRA),
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !switches.hideFields.includes(name)),
  );
}

function known(account: SimulatedAccount, types: Types): Fields {
  const { id, flag, quoted } = types;
  const profileComplete = displayName(account) !== '' && account.address1 !== '';
  return {
    id: id(account.id),
    name: displayName(account),
    firstname: account.firstname,
    lastname: account.lastname,
    email: account.email,
    gender: account.gender,
    statut: account.statut,
    company: account.company,
    company_siret: account.company_siret,
    company_tva: account.company_tva,
    company_activity: account.company_activity,
    country: account.country,
    address1: account.address1,
    address2: account.address2,
    zipcode: account.zipcode,
    city: account.city,
    c_phone: account.c_phone,
    c_mobile: account.c_mobile,
    confirmed: flag(account.confirmed),
    cgu: flag(account.cgu),
    notif_cgu: quoted(!account.cgu),
    notif_profil_uncomplete: quoted(!profileComplete),
    billing_email: account.billing_email,
    billing_tva: '20',
    payment_active: quoted(account.payment_active),
    is_payment_possible: account.is_payment_possible || account.payment_active,
    notify_dp: quoted(false),
    ...Object.fromEntries(PREFERENCES.map((name) => [name, flag(account[name])])),
    creation: formatParisDate(new Date(account.creation)),
  };
}

/** The mere presence of the field means that the identity is verified. */
function identity(isVerified: boolean, switches: Switches): Fields {
  if (isVerified) return { is_identity_verified: true };
  return switches.identityField === 'false' ? { is_identity_verified: false } : {};
}

/** Fields that AR24 has not documented. */
const EXTRA: Fields = {
  team: { id: 7, members: [] },
  score: 0.5,
  locale: null,
  labels: ['été', 'Œuvre'],
};
