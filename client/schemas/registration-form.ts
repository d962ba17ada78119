import { z } from 'zod';
import { STATUTS, type FormField, type RegistrationForm } from '../../workflows/contract/index.ts';
import { email } from './email.ts';
import { optional, text } from './text.ts';
import { strictly } from './unknown-fields.ts';

/** Parameters of AR24's that this form leaves to others, and to whom (docs/ar24-api.md 3.1). */
const NOT_TAKEN = {
  cgu: "it comes from the worker's settings and the evidence of the accepted terms",
  confirmed: "it comes from the worker's settings and emailVerified",
  email: 'the address is given apart from the form',
  custom_ref: 'it is always the reference',
  password: 'the sender chooses it at AR24',
  webhook: 'AR24 is told by the partner, once for all',
} as const;

const flag = z.enum(['0', '1'], '"0" or "1" is expected');

const FLAG = { enum: ['', '0', '1'] };

const fields = {
  firstname: text,
  lastname: text,
  gender: z.enum(['M', 'F'], '"M" or "F" is expected'),
  statut: z.enum(STATUTS, `one of ${STATUTS.join(', ')} is expected`),
  address1: text,
  address2: optional(text),
  zipcode: text,
  city: text,
  country: z
    .string('a text is expected')
    .meta({ pattern: '^[A-Za-z]{2}$', description: 'ISO 3166-1 alpha-2' })
    .transform((value) => value.trim())
    .pipe(
      z.string().regex(/^[A-Za-z]{2}$/, 'a country code of two letters is expected, such as FR'),
    )
    .transform((value) => value.toUpperCase()),
  company: optional(text),
  company_siret: optional(text.transform((value) => value.replace(/\s/gu, ''))),
  company_tva: optional(text),
  is_legal_entity: optional(flag, FLAG),
  notif_billing: optional(flag, FLAG),
  billing_email: optional(email, { format: 'email' }),
} satisfies Readonly<Record<FormField, z.ZodType>>;

/**
 * AR24's own parameters of `POST /user` that a person may fill in, and nothing else. Checks shapes
 * only: what AR24 knows better (a SIRET, a postcode) is for AR24 to refuse.
 */
export const registrationForm = strictly(fields, NOT_TAKEN) satisfies z.ZodType<RegistrationForm>;
