/** The part of AR24's user object that decides something (docs/ar24-api.md 4.2). */
import { z } from 'zod';

/** A yes or a no as AR24 shows it. `unseen`: AR24 does not show the field, which does not mean no. */
export type UserFlag = 'yes' | 'no' | 'unseen';

export interface Ar24User {
  readonly id: string;
  /** Absent if AR24 does not show it. Personal data: never log it. */
  readonly email?: string | undefined;
  /** The e-mail address is confirmed. */
  readonly confirmed: UserFlag;
  /** AR24's terms are accepted, most likely (docs/ar24-api.md 10, item 1). */
  readonly cgu: UserFlag;
  /** The account has a name. Without one AR24 sends no letter (`user_name_empty`). */
  readonly name: UserFlag;
  /** Letters can be paid for: by the account itself, its team, or the partner. */
  readonly paymentActive: UserFlag;
  /**
   * AR24 shows the field of verified accounts only, so that absent means `no`. `unseen`: its value means neither
   * yes nor no.
   */
  readonly identityVerified: UserFlag;
  readonly customRef?: string | undefined;
  /** As AR24 shows it. It may hold spaces. */
  readonly companySiret?: string | undefined;
}

/** AR24's 0/1 fields vary in their JSON type (docs/ar24-api.md 4.2). Any other value is a contract error. */
const FlagSchema = z
  .union([
    z.literal([1, '1', true, 'true']).transform((): UserFlag => 'yes'),
    z.literal([0, '0', false, 'false']).transform((): UserFlag => 'no'),
  ])
  .nullish()
  .transform((flag): UserFlag => flag ?? 'unseen');

/** AR24 writes ids as numbers or as strings. */
const Id = z.union([
  z.int().positive().transform(String),
  z.string().regex(/^(?!0+$)[A-Za-z0-9_-]{1,64}$/),
]);

/** A field whose type may change without harm. */
const Free = z.unknown().optional();

export const UserSchema = z
  .object({
    id: Id,
    confirmed: FlagSchema,
    cgu: FlagSchema,
    payment_active: FlagSchema,
    is_payment_possible: FlagSchema,
    is_identity_verified: Free,
    email: Free,
    name: Free,
    firstname: Free,
    lastname: Free,
    custom_ref: Free,
    company_siret: Free,
  })
  .transform((user): Ar24User => {
    const email = words(user.email);
    const customRef = text(user.custom_ref);
    const companySiret = text(user.company_siret);
    return {
      id: user.id,
      confirmed: user.confirmed,
      cgu: user.cgu,
      name: nameFlag(user),
      paymentActive: either(user.payment_active, user.is_payment_possible),
      identityVerified: identityFlag(user.is_identity_verified),
      ...(email && { email }),
      ...(customRef && { customRef }),
      ...(companySiret && { companySiret: siret(companySiret, user.company_siret) }),
    };
  });

/** Longer than any address, reference, SIRET or name of ours: a text cut here differs from ours in any case. */
const LONGEST = 320;

/** Trimmed text. Any other type counts as not shown. */
function words(value: unknown): string | undefined {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : undefined;
}

/** The same, and also accepts a whole number. */
function text(value: unknown): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : words(value);
}

/** A SIRET has 14 digits. If AR24 writes it as a JSON number, its leading zeros are lost. */
function siret(shown: string, raw: unknown): string {
  return typeof raw === 'number' ? shown.padStart(14, '0') : shown;
}

/** A name is a text with a letter. A number, `0` or `-` is none. */
function nameFlag(user: { name?: unknown; firstname?: unknown; lastname?: unknown }): UserFlag {
  const parts = [user.name, user.firstname, user.lastname].map(words);
  const [name, first, last] = parts.map((part) => part !== undefined && /\p{L}/u.test(part));
  if (name || (first && last)) return 'yes';
  return parts.every((part) => part === undefined) ? 'unseen' : 'no';
}

function either(one: UserFlag, other: UserFlag): UserFlag {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'no' || other === 'no' ? 'no' : 'unseen';
}

const VERIFIED: readonly unknown[] = [true, 1, '1', 'true'];
const NOT_VERIFIED: readonly unknown[] = [undefined, null, false, 0, '0', 'false', ''];
/** A real date: MySQL writes `0000-00-00` for no date. */
const SINCE = /^(19|20)\d\d-\d\d-\d\d\b/;

/**
 * By AR24's documentation, which names no value, the presence of the field means verified (docs/ar24-api.md 4.2).
 * A word such as `pending` or an object may mean anything, so it is read as `unseen`.
 */
function identityFlag(value: unknown): UserFlag {
  const shown = typeof value === 'string' ? value.trim() : value;
  if (VERIFIED.includes(shown) || (typeof shown === 'string' && SINCE.test(shown))) return 'yes';
  return NOT_VERIFIED.includes(shown) || isEmpty(shown) ? 'no' : 'unseen';
}

/** PHP writes an empty value as an empty list. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
