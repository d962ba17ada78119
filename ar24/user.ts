/** The part of AR24's user object that decides something (docs/ar24-api.md 4.2). */
import { z } from 'zod';
import { type Flag, FlagSchema } from './flag.ts';

export interface Ar24User {
  readonly id: string;
  /** The e-mail address is confirmed. */
  readonly confirmed: Flag;
  /** AR24's terms are accepted; the best candidate there is (docs/ar24-api.md 10, item 1). */
  readonly cgu: Flag;
  /** The account has a name: AR24 sends no letter without (`user_name_empty`). */
  readonly name: Flag;
  /** Letters can be paid for: by the account itself, its team, or the partner. */
  readonly paymentActive: Flag;
  /** Never `unseen`: AR24 shows the field only where it is so. */
  readonly identityVerified: Flag;
  readonly customRef?: string | undefined;
  /** As AR24 shows it; may hold spaces. */
  readonly companySiret?: string | undefined;
}

/** AR24 gives ids as numbers or as strings. */
const Id = z.union([
  z.int().positive().transform(String),
  z.string().regex(/^(?!0+$)[A-Za-z0-9_-]{1,64}$/),
]);

/** A field of which the type may change without harm. */
const Free = z.unknown().optional();

export const UserSchema = z
  .object({
    id: Id,
    confirmed: FlagSchema,
    cgu: FlagSchema,
    payment_active: FlagSchema,
    is_payment_possible: FlagSchema,
    is_identity_verified: Free,
    name: Free,
    firstname: Free,
    lastname: Free,
    custom_ref: Free,
    company_siret: Free,
  })
  .transform((user): Ar24User => {
    const customRef = text(user.custom_ref);
    const companySiret = text(user.company_siret);
    return {
      id: user.id,
      confirmed: user.confirmed,
      cgu: user.cgu,
      name: nameFlag(user),
      paymentActive: either(user.payment_active, user.is_payment_possible),
      identityVerified: identityFlag(user.is_identity_verified),
      ...(customRef && { customRef }),
      ...(companySiret && { companySiret: siret(companySiret, user.company_siret) }),
    };
  });

/** Longer than any reference, SIRET or name: what is cut off differs from ours all the same. */
const LONGEST = 200;

/** Trimmed text of a string or whole number; undefined for any other type: not visible. */
function text(value: unknown): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : undefined;
}

/** A SIRET has 14 digits: one that came as a number has lost its zeros in front. */
function siret(shown: string, raw: unknown): string {
  return typeof raw === 'number' ? shown.padStart(14, '0') : shown;
}

function nameFlag(user: { name?: unknown; firstname?: unknown; lastname?: unknown }): Flag {
  const name = text(user.name);
  const first = text(user.firstname);
  const last = text(user.lastname);
  if (name || (first && last)) return 'yes';
  return [name, first, last].every((part) => part === undefined) ? 'unseen' : 'no';
}

function either(one: Flag, other: Flag): Flag {
  if (one === 'yes' || other === 'yes') return 'yes';
  return one === 'no' || other === 'no' ? 'no' : 'unseen';
}

/** Its mere presence means verified, but not where it says the contrary or nothing. */
function identityFlag(value: unknown): Flag {
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length > 0 ? 'yes' : 'no';
  }
  const said = typeof value === 'string' ? value.trim() : value;
  const denials: readonly unknown[] = [undefined, null, 0, '0', false, 'false', ''];
  return denials.includes(said) ? 'no' : 'yes';
}
