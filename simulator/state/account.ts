import { z } from 'zod';
import { isEmail } from './email.ts';

/** The longest text of a field, in characters. AR24's own limits are not public. */
export const LONGEST_TEXT = 1000;

const DAY_MS = 86_400_000;

const text = z.string().max(LONGEST_TEXT);

/** The text fields of an account, by AR24's names (docs/ar24-api.md 3.1, 4.2). */
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

/** The settings of an account, by AR24's names. */
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

/** The progress of an account, by AR24's names. */
const PROGRESS = [
  'confirmed',
  'cgu',
  'payment_active',
  'is_payment_possible',
  'is_identity_verified',
] as const;

const FLAGS = [...PREFERENCES, ...PROGRESS] as const;

function each<const K extends string, V>(names: readonly K[], value: V): Readonly<Record<K, V>> {
  // The type of Object.fromEntries loses the names of the keys.
  return Object.fromEntries(names.map((name) => [name, value])) as Record<K, V>;
}

/** Whether the partner may act for the account, as its holder decided. */
const access = z.enum(['none', 'asked', 'granted', 'refused', 'withdrawn']);

export const AccountSchema = z.strictObject({
  id: z.string(),
  ...each(TEXTS, text),
  ...each(FLAGS, z.boolean()),
  /** null: composed of the company's or the person's name. */
  name: text.nullable(),
  access,
  openedBy: z.enum(['holder', 'api']),
  /** When the identity was last verified by a key, ISO 8601; null: never, or unknown. */
  identifiedAt: z.iso.datetime().nullable().default(null),
  /** The holder is identified by a certificate (docs/ar24-api.md 7.2). */
  certificate: z.boolean().default(false),
  /** ISO 8601. */
  creation: z.iso.datetime(),
});

/** An account at the simulated AR24. */
export type SimulatedAccount = Readonly<z.infer<typeof AccountSchema>>;
export type AccountAccess = z.infer<typeof access>;

const flag = z.union([z.boolean(), z.literal([0, 1]), z.enum(['0', '1', 'true', 'false'])]);
const looseFlag = flag.transform((given) => given === true || given === 1 || isYes(given));
const looseText = z.union([text, z.number().transform(String)]);
const address = text.refine(isEmail, 'no e-mail address');

/**
 * Fields that are set by hand, by AR24's names; flags are 0, 1, "0", "1", true or false. Unlike in AR24's
 * calls, an empty text clears the field. `attached` is short for access granted or not.
 */
export const AccountChangesSchema = z
  .strictObject({
    ...each(TEXTS, looseText),
    ...each(FLAGS, looseFlag),
    email: address,
    name: looseText.nullable(),
    access,
    certificate: looseFlag,
    attached: looseFlag,
    /** A parameter of `POST /user`, and so accepted here; it is not stored. */
    password: z.unknown().transform(() => undefined),
  })
  .partial();

/** The input of AccountChangesSchema. */
export type AccountFields = z.input<typeof AccountChangesSchema>;
export type AccountChanges = z.output<typeof AccountChangesSchema>;

/** An account with empty texts and all flags off. */
export function blankAccount(id: string, email: string, now: Date): SimulatedAccount {
  return {
    id,
    ...each(TEXTS, ''),
    ...each(FLAGS, false),
    email,
    name: null,
    access: 'none',
    openedBy: 'api',
    identifiedAt: null,
    certificate: false,
    creation: now.toISOString(),
  };
}

/** The name that AR24 shows: the company's, if the account is that of a legal entity. */
export function displayName(account: SimulatedAccount): string {
  if (account.name !== null) return account.name;
  if (account.is_legal_entity && account.company !== '') return account.company;
  return `${account.firstname} ${account.lastname}`.trim();
}

interface IdentitySwitches {
  readonly identityDays: number | null;
  readonly certificateShown: boolean;
}

/** Whether AR24 shows the identity as verified: a key expires, and a switch decides for certificates. */
export function isIdentified(
  { is_identity_verified: isVerified, identifiedAt, certificate }: SimulatedAccount,
  { identityDays, certificateShown }: IdentitySwitches,
  now: Date,
): boolean {
  if (certificate && certificateShown) return true;
  if (!isVerified || identityDays === null || identifiedAt === null) return isVerified;
  return now.getTime() < Date.parse(identifiedAt) + identityDays * DAY_MS;
}

function isYes(given: unknown): boolean {
  return given === '1' || given === 'true';
}
