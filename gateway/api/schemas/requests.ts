/** The requests of the API: the client's own schemas, as HTTP parameters and bodies. */
import { z } from 'zod';
import {
  CLAIMABLE,
  OVERRIDABLE,
  PROBLEM_KINDS,
  REQUIREMENTS,
  STATUSES,
} from '../../../client/index.ts';
import { email } from '../../../client/schemas/email.ts';
import { returnUrl } from '../../../client/schemas/return-url.ts';
import { prefillFields } from '../../../client/schemas/registration-form.ts';
import { signUp } from '../../../client/schemas/start-request.ts';
import { text } from '../../../client/schemas/text.ts';
import { strictly } from '../../../client/schemas/unknown-fields.ts';
import { REFERENCE_PATTERN } from '../../../workflows/contract/names.ts';

export const referenceParams = z.object({
  reference: z
    .string()
    .regex(REFERENCE_PATTERN, 'must be 1 to 128 letters, digits, or any of _ . : -')
    .meta({
      description: 'your own opaque reference of the sender; never an address',
      example: 'customer-42',
    }),
});

/** A flag in the query. */
const flag = z
  .enum(['true', 'false'], 'true or false is expected')
  .default('false')
  .transform((value) => value === 'true');

export const startQuery = strictly({
  restart: flag.meta({ description: 'start another onboarding after one has ended' }),
});

export const startBody = signUp.omit({ reference: true }).meta({ id: 'Start' });

export const claimBody = strictly({
  what: z.enum(CLAIMABLE, `one of ${CLAIMABLE.join(', ')} is expected`),
});

export const addressBody = strictly({
  email,
  emailVerified: z.boolean('true or false is expected').default(false),
});

const A_DATE = 'a date is expected, such as 2027-01-31 or 2027-01-31T18:00:00Z';

export const extensionBody = strictly({
  until: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })], A_DATE)
    .meta({ description: 'the new deadline; a date alone means its last moment, UTC' }),
});

export const cancellationBody = strictly({ reason: text });

export const overrideBody = strictly({
  requirement: z.enum(OVERRIDABLE, `one of ${OVERRIDABLE.join(', ')} is expected`),
  reason: text,
});

const MOST_DAYS = 366;

export const linkQuery = strictly({
  validForDays: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `a whole number from 1 to ${MOST_DAYS} is expected`)
    .refine((days) => Number(days) <= MOST_DAYS, `${MOST_DAYS} is the maximum`)
    .optional()
    .meta({
      pattern: '^([1-9]|[1-9][0-9]|[12][0-9][0-9]|3[0-5][0-9]|36[0-6])$',
      description: `1 to ${MOST_DAYS}; default: as configured`,
    }),
});

export const linkBody = strictly({
  prefill: prefillFields.optional().meta({
    description:
      "the part of the registration form that you know: the form on the sender's page begins with it; replaces an earlier one",
  }),
  /** It overrides the query. */
  validForDays: z
    .int(`a whole number from 1 to ${MOST_DAYS} is expected`)
    .min(1, `a whole number from 1 to ${MOST_DAYS} is expected`)
    .max(MOST_DAYS, `${MOST_DAYS} is the maximum`)
    .optional()
    .meta({ description: `1 to ${MOST_DAYS}; default: as configured`, example: 14 }),
  returnUrl: returnUrl
    .optional()
    .meta({ description: 'where the page leads back to at the end; default: as at the start' }),
  refreshUrl: returnUrl
    .optional()
    .meta({ description: 'where an expired link leads; default: as at the start' }),
}).meta({ id: 'LinkRequest' });

const filters = {
  status: z.enum(STATUSES, `one of ${STATUSES.join(', ')} is expected`).optional(),
  waitingFor: z.enum(REQUIREMENTS, `one of ${REQUIREMENTS.join(', ')} is expected`).optional(),
  problem: z.enum(PROBLEM_KINDS, `one of ${PROBLEM_KINDS.join(', ')} is expected`).optional(),
  accountId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an AR24 user id is expected')
    .optional(),
  stuckSince: z.iso
    .datetime({ offset: true, error: 'a moment is expected, such as 2027-01-31T09:30:00Z' })
    .optional()
    .meta({ description: 'open onboardings that have not changed since then' }),
};

const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,4000}$/, 'is no cursor of an earlier page')
  .optional()
  .meta({ description: '`nextCursor` of the previous page, with the same filter' });

export const listQuerystring = strictly(
  {
    ...filters,
    limit: z
      .string()
      .regex(/^([1-9]\d{0,2}|1000)$/, 'a whole number from 1 to 1000 is expected')
      .default('100')
      .meta({ description: 'the most onboardings on a page' }),
    cursor,
  },
  { email: 'URLs are kept in logs: use POST /onboardings/search' },
);

/** An address is searched in a body only: logs of proxies keep URLs. */
export const searchBody = strictly({
  ...filters,
  email: email.optional().meta({
    description:
      'finds the onboardings that have or had this address, in any spelling of its letters',
    example: 'jeanne@example.org',
  }),
  limit: z
    .int('a whole number from 1 to 1000 is expected')
    .min(1, 'a whole number from 1 to 1000 is expected')
    .max(1_000, 'a whole number from 1 to 1000 is expected')
    .default(100)
    .meta({ description: 'the most onboardings on a page' }),
  cursor,
}).meta({ id: 'Search' });

/** All repetitions of a message have the same key. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,128}$/, 'must be 1 to 128 letters, digits, or any of _ . : -')
    .optional()
    .meta({ description: 'a message that is repeated with the same key is processed once' }),
});
