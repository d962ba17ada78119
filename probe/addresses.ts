/** The operator's e-mail addresses. The report and the log name them by role. */
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

/** Shows little more than that it is an address: `jeanne@example.org` becomes `j…@e….org`. */
export function mask(email: string): string {
  const [, first = '', domain = '', last = ''] = /^(.).*@(.).*\.([^.]+)$/u.exec(email) ?? [];
  return `${first}…@${domain}….${last}`;
}
