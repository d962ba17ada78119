/** The operator's e-mail addresses. The report and the log name them by role. */
import { scryptSync } from 'node:crypto';
import { z } from 'zod';

/** A role, and which address it needs. */
export const ROLES = {
  plain: 'an address without an AR24 account: the main test account is created for it',
  confirmed: 'another one without an account: an account is created with confirmed=1',
  terms: 'another one without an account: an account is created with cgu=1',
  'no-gender': 'another one without an account: an account is created without a gender',
  business: 'another one without an account: a company is created without a VAT number',
  known: 'the address of an AR24 account that you opened yourself on the sandbox’s web page',
} as const;

export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES).filter((name): name is Role => name in ROLES);

const address = z.email('is no e-mail address').max(254);

/** The file that `--addresses` names. Every member is optional: steps without their address are skipped. */
export const AddressesSchema = z
  .strictObject({
    plain: address,
    confirmed: address,
    terms: address,
    'no-gender': address,
    business: address,
    known: address,
    /** The SIRET of a real French company, for `business`. */
    siret: z.string().regex(/^\d{14}$/, 'is no SIRET of 14 digits'),
  })
  .partial()
  .superRefine(({ siret: _siret, ...byRole }, context) => {
    const seen = new Set<string>();
    for (const [role, value = ''] of Object.entries(byRole)) {
      if (seen.has(value.toLowerCase())) {
        context.addIssue({
          code: 'custom',
          path: [role],
          message: 'has the address of another role',
        });
      }
      seen.add(value.toLowerCase());
    }
  });

export type Addresses = Readonly<z.output<typeof AddressesSchema>>;

/**
 * Shows little more than that it is an address: `jeanne@example.org` becomes `j…@e….org`. A short part would be as good as
 * shown by its first letter: `a@b.fr` becomes `…@….fr`.
 */
export function mask(email: string): string {
  const [, local = '', domain = '', last = ''] = /^(.*)@(.*)\.([^.]+)$/u.exec(email) ?? [];
  const start = (part: string): string =>
    new RegExp(`^(.).{${SHOWN_FROM - 1}}`, 'u').exec(part)?.[1] ?? '';
  return `${start(local)}…@${start(domain)}….${last}`;
}

/** Letters that a part needs for its first one to be shown. */
const SHOWN_FROM = 5;
/** A guess costs about ten milliseconds: an address is easier to guess than a password. */
const COST = { N: 4_096, r: 8, p: 1 };

/** An address in a report, by which a later run recognizes it. */
export interface ReportedAddress {
  readonly masked: string;
  /** In hex. */
  readonly hash: string;
}

/** @param salt of the report */
export function reported(email: string, salt: string): ReportedAddress {
  return { masked: mask(email), hash: scryptSync(email, salt, 32, COST).toString('hex') };
}

/** The first role whose address is not that of an earlier report. */
export function otherAddress(
  addresses: Addresses,
  {
    salt,
    addresses: before,
  }: {
    readonly salt: string;
    readonly addresses: Readonly<Partial<Record<Role, ReportedAddress | undefined>>>;
  },
): Role | undefined {
  return ROLE_NAMES.find((role) => {
    const [email, known] = [addresses[role], before[role]];
    return email !== undefined && known !== undefined && reported(email, salt).hash !== known.hash;
  });
}
