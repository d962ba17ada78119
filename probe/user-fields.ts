/** The user object of AR24: which fields it has, and their JSON types. Values are never kept. */
import type { Json } from './answer.ts';
import type { Findings } from './findings.ts';

/** Shown of every account, by docs/ar24-api.md 4.2. `custom_ref` and the identity depend on the account. */
const DOCUMENTED = [
  'id',
  'name',
  'firstname',
  'lastname',
  'email',
  'gender',
  'statut',
  'company',
  'company_siret',
  'company_tva',
  'company_activity',
  'country',
  'address1',
  'address2',
  'zipcode',
  'city',
  'c_phone',
  'c_mobile',
  'confirmed',
  'cgu',
  'notif_cgu',
  'notif_profil_uncomplete',
  'notif_billing',
  'billing_email',
  'billing_tva',
  'payment_active',
  'is_payment_possible',
  'notify_dp',
  'notify_ev',
  'notify_ar',
  'notify_rf',
  'notify_ng',
  'notify_bc',
  'notify_consent',
  'notify_eidas_to_valid',
  'notify_recipient_update',
  'notify_waiting_ar_answer',
  'is_legal_entity',
  'creation',
];
const SOMETIMES = ['custom_ref', 'is_identity_verified'];
/** Identifier and flags. The sample of the public client has both kinds of type among them. */
const NUMBERS = ['id', 'confirmed', 'cgu', 'notif_cgu', 'payment_active', 'notify_ev'];
const NAME = /^[\w.-]{1,64}$/;

type JsonType = NonNullable<Findings['fieldTypes']>[string];

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** Names that can be those of fields; anything else could be a value. */
export function printableNames(names: readonly string[]): string[] {
  return names.filter((name) => NAME.test(name));
}

/** What a user object shows about AR24's format. */
export function fieldFindings(user: Json): Findings {
  const names = printableNames(Object.keys(user));
  const types = NUMBERS.filter((name) => name in user).map((name) => typeOf(user[name]));
  return {
    fieldTypes: Object.fromEntries(names.map((name) => [name, typeOf(user[name])])),
    numbersAs: numbersAs(types),
    hiddenFields: DOCUMENTED.filter((name) => !(name in user)),
    extraFields: names.filter((name) => ![...DOCUMENTED, ...SOMETIMES].includes(name)),
  };
}

function numbersAs(types: readonly JsonType[]): Findings['numbersAs'] {
  if (types.length === 0) return undefined;
  if (types.every((type) => type === 'string')) return 'strings';
  return types.every((type) => type === 'number') ? 'numbers' : 'mixed';
}

/** The identity of an account of the probe, which nobody has verified. */
export function identityField(user: Json): Findings['identityUnverified'] {
  if (!('is_identity_verified' in user)) return 'absent';
  return ['0', 0, false, 'false'].includes(user['is_identity_verified'] as never)
    ? 'false'
    : 'other';
}

/** Undefined where AR24 does not show the flag. */
export function flag(user: Json, name: string): boolean | undefined {
  const value = user[name];
  if (value === 1 || value === '1' || value === true || value === 'true') return true;
  if (value === 0 || value === '0' || value === false || value === 'false') return false;
  return undefined;
}

/** The fields that differ between two reads. */
export function changedFields(before: Json, after: Json): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return printableNames([...names])
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .sort();
}
