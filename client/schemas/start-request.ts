import { z } from 'zod';
import {
  LANGUAGES,
  OPTIONAL_REQUIREMENTS,
  type OnboardingRequest,
} from '../../workflows/contract/index.ts';
import { email } from './email.ts';
import { returnUrl } from './return-url.ts';
import { reference, text } from './text.ts';
import { formFields, prefill, prefillFields, registrationForm } from './registration-form.ts';
import { strictly } from './unknown-fields.ts';

/** The partner's clock may be ahead of ours by this much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

const termsEvidence = strictly({
  version: text.meta({ description: 'the version of the terms', example: '2026-01' }),
  acceptedAt: z.iso
    .datetime({
      offset: true,
      error: 'a moment is expected, such as 2027-01-31T09:30:00Z',
    })
    .transform((at) => new Date(at).toISOString())
    .meta({ description: 'when the sender accepted them', example: '2027-01-31T09:30:00Z' }),
}).meta({
  id: 'TermsEvidence',
  description: "proof that you showed AR24's terms, and that the sender accepted them",
});

export const optionalRequirement = z
  .enum(OPTIONAL_REQUIREMENTS, `one of ${OPTIONAL_REQUIREMENTS.join(', ')} is expected`)
  .meta({
    id: 'OptionalRequirement',
    description: 'a requirement that applies only if you ask for it with `require`',
  });

export const language = z.enum(LANGUAGES, `one of ${LANGUAGES.join(', ')} is expected`).meta({
  id: 'Language',
  description: 'the language of the page and of mails',
});

/** The request of a sign-up. Checks its shape only. */
export const signUp = strictly({
  reference,
  email: email.meta({
    description: 'the sender’s own e-mail address',
    example: 'jeanne@example.org',
  }),
  emailVerified: z.boolean('true or false is expected').default(false).meta({
    description: 'you have proven that the address belongs to this person',
  }),
  language: language.default('fr'),
  registration: formFields.optional(),
  prefill: prefillFields.optional().meta({
    description:
      "the part of the registration form that you know: the form on the sender's page begins with it",
  }),
  require: z
    .array(optionalRequirement)
    .readonly()
    .default([])
    .transform((all) => OPTIONAL_REQUIREMENTS.filter((one) => all.includes(one)))
    .meta({ description: 'what the sender has to have beyond the account' }),
  termsEvidence: termsEvidence.optional(),
  returnUrl: returnUrl
    .optional()
    .meta({ description: "where the sender's page leads back to at the end" }),
  refreshUrl: returnUrl
    .optional()
    .meta({ description: 'where a person whose link has expired gets another' }),
}) satisfies z.ZodType<OnboardingRequest>;

/** The same, with the checks that depend on the clock and on other fields. */
export const startRequest = signUp
  .extend({ registration: registrationForm.optional(), prefill: prefill.optional() })
  .refine(
    ({ termsEvidence: evidence }) =>
      evidence === undefined || !(Date.parse(evidence.acceptedAt) > Date.now() + CLOCKS_DIFFER_MS),
    { path: ['termsEvidence', 'acceptedAt'], error: 'is in the future' },
  );

/** The argument of {@link OnboardingClient.start}. */
export type StartRequest = Readonly<z.input<typeof startRequest>>;
