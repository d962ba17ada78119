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
  version: text,
  acceptedAt: z.iso
    .datetime({
      offset: true,
      error: 'a moment is expected, such as 2027-01-31T09:30:00Z',
    })
    .transform((at) => new Date(at).toISOString()),
});

const requirement = z.enum(
  OPTIONAL_REQUIREMENTS,
  `one of ${OPTIONAL_REQUIREMENTS.join(', ')} is expected`,
);

/** The request of a sign-up. Checks its shape only. */
export const signUp = strictly({
  reference,
  email,
  emailVerified: z.boolean('true or false is expected').default(false),
  language: z.enum(LANGUAGES, `one of ${LANGUAGES.join(', ')} is expected`).default('fr'),
  registration: formFields.optional(),
  prefill: prefillFields.optional(),
  require: z
    .array(requirement)
    .readonly()
    .default([])
    .transform((all) => OPTIONAL_REQUIREMENTS.filter((one) => all.includes(one))),
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
