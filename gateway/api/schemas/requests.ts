/** The requests of the API: the client's own schemas, as HTTP parameters and bodies. */
import { z } from 'zod';
import { email } from '../../../client/schemas/email.ts';
import { returnUrl } from '../../../client/schemas/return-url.ts';
import { prefillFields } from '../../../client/schemas/registration-form.ts';
import { signUp } from '../../../client/schemas/start-request.ts';
import { text } from '../../../client/schemas/text.ts';
import { strictly } from '../../../client/schemas/unknown-fields.ts';
import { REFERENCE_PATTERN } from '../../../workflows/contract/names.ts';
import { claimable, overridable, problemKind, requirement, status } from './words.ts';

export const referenceParams = z.object({
  reference: z
    .string()
    .regex(REFERENCE_PATTERN, 'must be 1 to 128 letters, digits, or any of _ . : -')
    .meta({
      description: 'your own opaque reference of the sender; never an address',
      example: 'customer-42',
    }),
});

/** A flag in the query, where everything is text. */
const flag = z.preprocess(
  (written) => (written === 'true' || written === 'false' ? written === 'true' : written),
  z.boolean('true or false is expected'),
);

/** A whole number in the query. */
const wholeNumber = (most: number) => {
  const expected = `a whole number from 1 to ${most} is expected`;
  return z.preprocess(
    (written) => (/^[1-9]\d{0,3}$/.test(String(written)) ? Number(written) : written),
    z.int32(expected).min(1, expected).max(most, expected).meta({ format: 'int32' }),
  );
};

export const startQuery = strictly({
  restart: flag.default(false).meta({
    description: 'start another onboarding after one has ended',
    example: false,
  }),
});

export const startBody = signUp
  .omit({ reference: true })
  .meta({ id: 'Start', description: 'a sign-up' });

export const claimBody = strictly({
  what: claimable,
}).meta({ id: 'Acceptance', description: 'a claim that the person did something' });

export const addressBody = strictly({
  email: email.meta({ description: 'the right address', example: 'jeanne@example.org' }),
  emailVerified: z.boolean('true or false is expected').default(false).meta({
    description: 'you have proven that the address belongs to this person',
  }),
}).meta({ id: 'AddressCorrection', description: 'the right address' });

const A_DATE = 'a date is expected, such as 2027-01-31 or 2027-01-31T18:00:00Z';

/** Generators of clients read no choice between two formats, so the document has a pattern. */
const dateOrMoment = z
  .string(A_DATE)
  .meta({ pattern: `${z.regexes.date.source}|${z.regexes.datetime({ offset: true }).source}` })
  .pipe(z.union([z.iso.date(), z.iso.datetime({ offset: true })], A_DATE));

export const extensionBody = strictly({
  until: dateOrMoment.meta({
    description: 'the new deadline; a date alone means its last moment, UTC',
    example: '2027-01-31',
  }),
}).meta({ id: 'Extension', description: 'a new deadline' });

export const cancellationBody = strictly({
  reason: text.meta({ description: 'why', example: 'signed up by mistake' }),
}).meta({ id: 'Cancellation', description: 'why the onboarding is cancelled' });

export const overrideBody = strictly({
  requirement: overridable,
  reason: text.meta({ description: 'why', example: 'shown to us on paper' }),
}).meta({ id: 'OverrideRequest', description: 'an operator’s decision' });

const MOST_DAYS = 366;
const DAYS_EXPECTED = `a whole number from 1 to ${MOST_DAYS} is expected`;

export const linkQuery = strictly({
  validForDays: wholeNumber(MOST_DAYS).optional().meta({
    description: 'how many days the link is valid; default: as configured',
    example: 7,
  }),
});

/** The body may be absent. */
export const linkBody = strictly({
  prefill: prefillFields.optional().meta({
    description:
      "the part of the registration form that you know: the form on the sender's page begins with it; replaces an earlier one",
  }),
  validForDays: z
    .int32(DAYS_EXPECTED)
    .min(1, DAYS_EXPECTED)
    .max(MOST_DAYS, DAYS_EXPECTED)
    .optional()
    .meta({
      description: 'how many days the link is valid, as in the query, which it overrides',
      example: 14,
      format: 'int32',
    }),
  returnUrl: returnUrl
    .optional()
    .meta({ description: 'where the page leads back to at the end; default: as at the start' }),
  refreshUrl: returnUrl
    .optional()
    .meta({ description: 'where an expired link leads; default: as at the start' }),
}).meta({ id: 'LinkRequest', description: 'what is special about a link' });

const MOST_ON_A_PAGE = 1_000;
const ON_A_PAGE = 100;

const filters = {
  status: status.optional(),
  waitingFor: requirement.optional(),
  problem: problemKind.optional(),
  accountId: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an AR24 user id is expected')
    .optional()
    .meta({ description: "AR24's `id_user` of the account", example: '1001' }),
  stuckSince: z.iso
    .datetime({ offset: true, error: 'a moment is expected, such as 2027-01-31T09:30:00Z' })
    .optional()
    .meta({
      description: 'open onboardings that have not changed since then',
      example: '2027-01-31T09:30:00Z',
    }),
};

const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,4000}$/, 'is no cursor of an earlier page')
  .optional()
  .meta({
    description: '`nextCursor` of the previous page, with the same filter',
    example: 'eyJvcGVuIjpmYWxzZX0',
  });

const limit = { description: 'the most onboardings on a page', example: ON_A_PAGE };

export const listQuerystring = strictly(
  { ...filters, limit: wholeNumber(MOST_ON_A_PAGE).default(ON_A_PAGE).meta(limit), cursor },
  { email: 'URLs are kept in logs: use POST /search' },
);

const LIMIT_EXPECTED = `a whole number from 1 to ${MOST_ON_A_PAGE} is expected`;

/** An address is searched in a body only: logs of proxies keep URLs. */
export const searchBody = strictly({
  ...filters,
  email: email.optional().meta({
    description:
      'finds the onboardings that have or had this address, in any spelling of its letters',
    example: 'jeanne@example.org',
  }),
  limit: z
    .int32(LIMIT_EXPECTED)
    .min(1, LIMIT_EXPECTED)
    .max(MOST_ON_A_PAGE, LIMIT_EXPECTED)
    .default(ON_A_PAGE)
    .meta({ ...limit, format: 'int32' }),
  cursor,
}).meta({ id: 'Search', description: 'a filter of onboardings' });

/** All repetitions of a message have the same key and the same body. */
export const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,128}$/, 'must be 1 to 128 letters, digits, or any of _ . : -')
    .optional()
    .meta({
      description:
        'a message that is repeated with the same key and body is processed once; with another body it is another message',
      example: 'correction-of-2027-01-31',
    }),
});
