import { z } from 'zod';
import {
  STATUTS,
  type FormField,
  type Prefill,
  type RegistrationForm,
} from '../../workflows/contract/index.ts';
import { email } from './email.ts';
import { countryCode } from './form/countries.ts';
import { postcodeIn } from './form/postcode.ts';
import { judge, RULES } from './form/rules.ts';
import { siretIn } from './form/siret.ts';
import { vatNumberIn } from './form/vat-number.ts';
import { asSeen } from './invisible.ts';
import { optional, text } from './text.ts';
import { strictly } from './unknown-fields.ts';

/** Parameters of AR24 that are not in this form, and their sources (docs/ar24-api.md 3.1). */
const NOT_TAKEN = {
  cgu: "it comes from the worker's settings and the evidence of the accepted terms",
  confirmed: "it comes from the worker's settings and emailVerified",
  email: 'the address is given apart from the form',
  custom_ref: 'it is always the reference',
  password: 'the sender chooses it at AR24',
  webhook: 'the partner gives AR24 its address once',
} as const;

/** As people write them, also in a French spreadsheet. */
const YES = ['true', '1', 'yes', 'oui', 'vrai'];
const NO = ['false', '0', 'no', 'non', 'faux'];

/** Undefined if the text is neither, or empty. */
export function yesOrNo(written: string): boolean | undefined {
  const word = written.trim().toLowerCase();
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : undefined;
}

/** AR24 knows only 0 and 1. An empty text counts as absent, as in every optional field. */
const flag = z
  .union([z.boolean(), z.string().meta({ enum: ['', ...YES, ...NO] })], 'yes or no is expected')
  .optional()
  .transform((written, context) => {
    if (written === undefined || (typeof written === 'string' && asSeen(written) === '')) {
      return undefined;
    }
    const said = typeof written === 'boolean' ? written : yesOrNo(asSeen(written));
    if (said === undefined) {
      context.addIssue(
        'yes or no is expected: true, 1, yes, oui, vrai, or false, 0, no, non, faux',
      );
      return z.NEVER;
    }
    return said ? '1' : '0';
  })
  .pipe(z.enum(['0', '1']).optional());

const fields = {
  firstname: text.meta({ description: 'the first name', example: 'Jeanne' }),
  lastname: text.meta({ description: 'the last name', example: 'Martin' }),
  gender: z
    .enum(['M', 'F'], '"M" or "F" is expected')
    .meta({ description: '`M`: Monsieur. `F`: Madame' }),
  statut: z.enum(STATUTS, `one of ${STATUTS.join(', ')} is expected`).meta({
    description: 'a private person, a business, a public body or an association',
  }),
  address1: text.meta({ description: 'street and number', example: '12 rue de la Paix' }),
  address2: optional(text).meta({ description: 'a second line', example: 'Bâtiment B' }),
  zipcode: text.meta({ description: 'the postcode', example: '75002' }),
  city: text.meta({ description: 'the city', example: 'Paris' }),
  country: z
    .string('a text is expected')
    .meta({ pattern: '^[A-Za-z]{2}$', description: 'ISO 3166-1 alpha-2', example: 'FR' })
    .transform(asSeen)
    .pipe(
      z.string().regex(/^[A-Za-z]{2}$/, 'a country code of two letters is expected, such as FR'),
    )
    .transform(countryCode),
  company: optional(text).meta({
    description: 'the name of the organisation',
    example: 'Martin SARL',
  }),
  company_siret: optional(text.transform(siretIn)).meta({
    description: 'its SIRET, 14 digits',
    example: '30326504500011',
  }),
  company_tva: optional(text).meta({ description: 'its VAT number', example: 'FR40303265045' }),
  is_legal_entity: flag.meta({ description: 'sends in the name of the organisation' }),
  notif_billing: flag.meta({ description: 'AR24 mails the invoices' }),
  billing_email: optional(email, { format: 'email' }).meta({
    description: 'to this address; default: the sender’s',
    example: 'compta@example.org',
  }),
} satisfies Readonly<Record<FormField, z.ZodType>>;

/**
 * AR24's parameters of `POST /user` that a person may fill in, and nothing else. Checks each shape alone, as the API's
 * document describes it. {@link registrationForm} also checks the values together.
 */
export const formFields = strictly(fields, NOT_TAKEN).meta({
  id: 'RegistrationForm',
  description: "AR24's own parameters of `POST /user`",
}) satisfies z.ZodType<RegistrationForm>;

/** The same, with certain corrections made, and impossible values refused by the one table of rules. */
export const registrationForm = formFields
  .superRefine(refuseImpossible, { when: () => true })
  .transform(cleaned) satisfies z.ZodType<RegistrationForm>;

/** A part of the form. Checks each shape alone. */
export const prefillFields = formFields.partial() satisfies z.ZodType<Prefill>;

/** The same, with the corrections and the refusals of the whole form, as far as the fields given allow. */
export const prefill = prefillFields
  .superRefine(refuseImpossible, { when: () => true })
  .transform(cleaned) satisfies z.ZodType<Prefill>;

/** The argument of {@link OnboardingClient.setPrefill}. */
export type PrefillInput = Readonly<z.input<typeof prefill>>;

/** Runs even if other fields have faults, so that the error lists everything at once. */
function refuseImpossible(form: unknown, context: z.core.$RefinementCtx): void {
  if (typeof form !== 'object' || form === null) return;
  const faulty = new Set(context.issues.map(({ path: [field] = [] }) => field));
  const texts = Object.entries(form).filter(
    ([field, value]) => typeof value === 'string' && !faulty.has(field),
  );
  for (const { field, rule, verdict } of judge(cleaned(Object.fromEntries(texts)))) {
    if (verdict === 'doubtful' || faulty.has(field)) continue;
    context.addIssue({ code: 'custom', path: [field], message: RULES[rule], params: { rule } });
  }
}

/** Corrections that depend on the country. */
function cleaned<T extends Prefill>(form: T): T {
  const { country = '', zipcode, company_tva: vatNumber } = form;
  return {
    ...form,
    ...(zipcode !== undefined && { zipcode: postcodeIn(zipcode, country) }),
    ...(vatNumber !== undefined && { company_tva: vatNumberIn(vatNumber, country) }),
  };
}
