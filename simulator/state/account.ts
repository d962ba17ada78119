import { z } from 'zod';
import { isEmail } from './email.ts';

/** In characters. AR24's own limits are not public. */
export const LONGEST_TEXT = 1000;

const text = z.string().max(LONGEST_TEXT);

/** Texts of an account, by AR24's names (docs/ar24-api.md 3.1, 4.2). */
export const TEXTS = [
  'email',
  'firstname',
  'lastname',
  'gender',
  'statut',
  'address1',
  'address2',
  'zipcode',
  'city',
  'country',
  'company',
  'company_siret',
  'company_tva',
  'company_activity',
  'c_phone',
  'c_mobile',
  'billing_email',
  'custom_ref',
] as const;

/** What the sender or the partner chose, by AR24's names. */
export const PREFERENCES = [
  'is_legal_entity',
  'notif_billing',
  'notify_ev',
  'notify_ar',
  'notify_rf',
  'notify_ng',
  'notify_bc',
  'notify_consent',
  'notify_eidas_to_valid',
  'notify_recipient_update',
  'notify_waiting_ar_answer',
] as const;

/** Where the account stands, by AR24's names. */
const STANDING = [
  'confirmed',
  'cgu',
  'payment_active',
  'is_payment_possible',
  'is_identity_verified',
] as const;

const FLAGS = [...PREFERENCES, ...STANDING] as const;

function each<const K extends string, V>(names: readonly K[], value: V): Readonly<Record<K, V>> {
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(names.map((name) => [name, value])) as Record<K, V>;
}

/** Whether the partner may act for the account, as its holder decided. */
const access = z.enum(['none', 'asked', 'granted', 'refused', 'withdrawn']);

export const AccountSchema = z.strictObject({
  id: z.string(),
  ...each(TEXTS, text),
  ...each(FLAGS, z.boolean()),
  /** null: made up of the company's or the person's name. */
  name: text.nullable(),
  access,
  openedBy: z.enum(['holder', 'api']),
  /** ISO 8601. */
  creation: z.iso.datetime(),
});

/** An account at the simulated AR24. */
export type Account = Readonly<z.infer<typeof AccountSchema>>;
export type Access = z.infer<typeof access>;

const flag = z.union([z.boolean(), z.literal([0, 1]), z.enum(['0', '1', 'true', 'false'])]);
const looseFlag = flag.transform((given) => given === true || given === 1 || isYes(given));
const looseText = z.union([text, z.number().transform(String)]);
const address = text.refine(isEmail, 'no e-mail address');

/**
 * Fields set by hand: any of AR24's names, flags as 0, 1, "0", "1", true or false. Here, unlike in
 * AR24's calls, an empty text empties the field. `attached` is short for access granted or not.
 */
export const AccountChangesSchema = z
  .strictObject({
    ...each(TEXTS, looseText),
    ...each(FLAGS, looseFlag),
    email: address,
    name: looseText.nullable(),
    access,
    attached: looseFlag,
    /** A parameter of `POST /user`, and so taken here; it is forgotten at once. */
    password: z.unknown().transform(() => undefined),
  })
  .partial();

/** As given by a caller, before it is read. */
export type AccountFields = z.input<typeof AccountChangesSchema>;
export type AccountChanges = z.output<typeof AccountChangesSchema>;

/** An account with every field at its plainest. */
export function blankAccount(id: string, email: string, now: Date): Account {
  return {
    id,
    ...each(TEXTS, ''),
    ...each(FLAGS, false),
    email,
    name: null,
    access: 'none',
    openedBy: 'api',
    creation: now.toISOString(),
  };
}

/** The name AR24 shows and puts on letters: the company's, if it is to send in its own name. */
export function displayName(account: Account): string {
  if (account.name !== null) return account.name;
  if (account.is_legal_entity && account.company !== '') return account.company;
  return `${account.firstname} ${account.lastname}`.trim();
}

function isYes(given: unknown): boolean {
  return given === '1' || given === 'true';
}
