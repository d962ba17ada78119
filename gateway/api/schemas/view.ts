/** The answers of the API. Every field is named, so that no other field can leave. */
import { z } from 'zod';
import { outcome, override } from './outcome.ts';
import {
  accountId,
  actor,
  claimed,
  count,
  language,
  moment,
  problemKind,
  question,
  reference,
  requestKind,
  requirement,
  status,
  stuckReason,
} from './words.ts';
import { MAIL_REQUESTS } from '../../../workflows/contract/requirements.ts';

const MASKED = { description: 'enough for its owner to know it', example: 'j…@example.org' };

const problem = z
  .object({
    kind: problemKind,
    since: moment('since when').optional(),
    slug: z.string().optional().meta({
      description: "AR24's own word, if it gave one",
      example: 'user_not_exist',
    }),
    field: z.string().optional().meta({
      description: "the field of AR24's answer that is invalid",
      example: 'result.email',
    }),
    nextTry: moment('when AR24 is called again').optional(),
  })
  .meta({ id: 'CurrentProblem', description: 'why AR24 cannot be used now' });

const summarySchema = z
  .object({
    reference,
    status,
    waitingFor: z.array(requirement).readonly().meta({ description: 'what is outstanding' }),
    problem: z
      .object({ kind: problemKind })
      .meta({ id: 'ProblemSummary', description: 'why AR24 cannot be used now' })
      .nullable()
      .meta({ description: 'null: none' }),
    since: moment('since when it waits for this'),
    startedAt: moment('when it started', '2026-03-02T08:00:00.000Z'),
    deadline: moment(
      'when it expires; null: it has ended, or a problem makes the deadline stand still',
      '2026-04-01T09:00:00.000Z',
    ).nullable(),
    accountId: accountId.nullable(),
  })
  .meta({ id: 'OnboardingSummary', description: 'one onboarding in a list' });

const fieldError = z
  .object({
    field: z.string().meta({ description: 'the field of the form', example: 'zipcode' }),
    slug: z.string().meta({ description: "AR24's own word", example: 'missing_zipcode' }),
  })
  .meta({ id: 'FieldError', description: 'a field that AR24 refused' });

const claim = z
  .object({
    what: claimed,
    by: actor('says so'),
    at: moment('when'),
    contradicted: z
      .boolean()
      .meta({ description: 'AR24 was read after the claim, and does not show it' }),
  })
  .meta({ id: 'Claim', description: 'a statement that AR24 is read for before it counts' });

const request = z
  .object({
    kind: requestKind,
    at: moment('the last time'),
    times: count('calls to AR24; 0 where AR24 mails by itself', 1),
    unconfirmed: count('calls whose answer never arrived: each may have caused one more mail', 0),
  })
  .meta({ id: 'MailRequest', description: 'what AR24 was asked to send' });

const lastRead = z
  .object({
    at: moment('when'),
    answer: z.string().meta({
      description: 'what AR24 showed, in words',
      example: 'account: email yes, terms no, profile yes',
    }),
  })
  .meta({ id: 'LastRead', description: 'the last successful read of AR24' });

const addressCorrected = z
  .object({ by: actor('corrected it; `sender`: the person, on their page'), at: moment('when') })
  .meta({ id: 'CorrectionOfAddress', description: 'the last correction of the address' });

const otherAddress = z
  .object({
    maskedEmail: z.string().meta(MASKED),
    by: actor('sent the address'),
    at: moment('when'),
  })
  .meta({
    id: 'OtherAddress',
    description: 'the sign-up has a new address, but the account has the previous one',
  });

/** Known only if a worker answers; absent in a partial view. */
const whole = {
  nextReminder: moment('when the person is reminded; null: no more').nullable(),
  language,
  fieldErrors: z.array(fieldError).readonly().meta({ description: 'fields that AR24 refused' }),
  question: question.nullable(),
  notVisible: z.array(requirement).readonly().meta({
    description: 'outstanding, and AR24 does not show whether they are satisfied',
  }),
  claims: z.array(claim).readonly().meta({ description: 'what people say they did' }),
  requests: z.array(request).readonly().meta({ description: 'what AR24 was asked to send' }),
  overrides: z.array(override).readonly().meta({ description: 'decisions of operators' }),
  lastRead: lastRead.nullable(),
  paymentLink: z.string().nullable().meta({
    description: 'where the sender adds a way to pay; null: AR24 gave no link',
    example: 'https://app.ar24.fr/fr/payment/1001',
  }),
  maskedEmail: z.string().meta(MASKED),
  emailVerified: z.boolean().meta({
    description: 'somebody vouched that the address belongs to this person',
    example: true,
  }),
  otherAddress: otherAddress.nullable(),
  addressCorrected: addressCorrected.nullable(),
  returnUrl: z.string().nullable().meta({
    description: 'where the page leads back to at the end, by the start',
    example: 'https://app.example.org/registered-mail',
  }),
  refreshUrl: z.string().nullable().meta({
    description: 'where an expired link leads, by the start',
    example: 'https://app.example.org/new-link',
  }),
  linksValidFrom: moment('earlier links to the page are void; null: none are').nullable(),
  version: count('grows with each change', 17),
};

const standing = { problem: problem.nullable(), outcome: outcome.nullable() };

export const viewSchema = summarySchema
  .extend({
    ...standing,
    partial: z.boolean().meta({
      description:
        'no worker answers, or the outcome cannot be read: the view has only the fields that Temporal itself knows',
    }),
    stuck: z.boolean().meta({ description: 'an operator should check it' }),
    stuckBecause: z.array(stuckReason).readonly().meta({ description: 'why it is stuck' }),
    missingKeys: z
      .array(z.string())
      .readonly()
      .meta({
        description: 'ids of encryption keys that it waits for; with `missing-key`',
        example: ['2026a'],
      }),
    ...z.object(whole).partial().shape,
  })
  .meta({ id: 'Onboarding', description: 'the whole view of an onboarding' });

/** From the worker that has just processed a message. Only Temporal itself knows whether a run is stuck. */
export const updatedSchema = viewSchema
  .omit({ stuck: true, stuckBecause: true, missingKeys: true })
  .meta({ id: 'UpdatedOnboarding', description: 'the view after the message' });

/** In notifications. The onboarding itself sends them, so that no field is missing. */
export const notifiedSchema = summarySchema
  .extend({ ...standing, ...whole })
  .omit({
    maskedEmail: true,
    emailVerified: true,
    otherAddress: true,
    linksValidFrom: true,
    returnUrl: true,
    refreshUrl: true,
  })
  .meta({
    id: 'NotifiedOnboarding',
    description: 'the state at `timestamp`; only the API shows whether it is stuck',
  });

export const pageSchema = z
  .object({
    onboardings: z.array(summarySchema).meta({ description: 'open ones first' }),
    nextCursor: z.string().nullable().meta({
      description: '`cursor` of the next page; null on the last page',
      example: null,
    }),
  })
  .meta({ id: 'OnboardingPage', description: 'a page of the list' });

const warning = z
  .object({
    pointer: z.string().meta({
      description: 'a JSON pointer into the body; empty for the reference',
      example: '/registration/zipcode',
    }),
    rule: z.string().meta({ description: 'the rule, for programs', example: 'postcode-area' }),
    detail: z.string().meta({
      description: 'what is doubtful, for people',
      example: 'is not a known postcode of its country or territory',
    }),
  })
  .meta({
    id: 'Warning',
    description: 'a value that AR24 will probably refuse, or that is probably a mistake',
  });

const warnings = z.array(warning).readonly().meta({
  description: 'doubtful values; they were accepted all the same',
});

export const startedSchema = z
  .object({ reference, warnings })
  .meta({ id: 'Started', description: 'the start is durable' });

export const registeredSchema = updatedSchema
  .extend({ warnings })
  .meta({ id: 'RegisteredOnboarding', description: 'the view with the form' });

export const remindedSchema = updatedSchema
  .extend({
    mailsRepeated: z
      .array(
        z.enum(MAIL_REQUESTS).meta({
          id: 'MailKind',
          description: 'what AR24 mails about on request',
        }),
      )
      .readonly()
      .meta({ description: 'the mails that AR24 is requested to send again' }),
  })
  .meta({ id: 'RemindedOnboarding', description: 'the view with what is sent again' });

export const acceptedSchema = z
  .object({ reference })
  .meta({ id: 'Accepted', description: 'the message is durable; a worker processes it' });

export const linkSchema = z
  .object({
    url: z.url().meta({
      description: 'everybody who has the link can act as the sender: give it only to the sender',
      example: 'https://onboarding.example.org/s/eyJhbGciOiJkaXIi…',
    }),
    expiresAt: moment('when the link stops working'),
  })
  .meta({ id: 'Link', description: "a link to the sender's page" });
