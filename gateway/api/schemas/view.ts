/** The answers of the API. Every field is named, so that no other field can leave. */
import { z } from 'zod';
import {
  CLAIMABLE,
  LANGUAGES,
  OPTIONAL_REQUIREMENTS,
  OVERRIDABLE,
  PROBLEM_KINDS,
  REQUIREMENTS,
  STATUSES,
} from '../../../client/index.ts';
import { MAIL_REQUESTS } from '../../../workflows/contract/requirements.ts';
import { QUESTIONS } from '../../../workflows/contract/view.ts';

const moment = z.iso.datetime();
const requirement = z.enum(REQUIREMENTS);

const override = z.object({
  requirement: z.enum(OVERRIDABLE),
  by: z.string(),
  reason: z.string(),
  at: moment,
});

const carryOver = { accessRequested: z.boolean(), identityOrdered: z.boolean() };

const ownership = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('created') }),
    z.object({ kind: z.literal('custom-ref') }),
    z.object({ kind: z.literal('vouched'), by: z.string() }),
    z.object({ kind: z.literal('only-requester') }),
    z.object({ kind: z.literal('operator'), by: z.string() }),
  ])
  .meta({
    id: 'Ownership',
    description:
      'why the account counts as this sender’s. `created`: we created it from the form. `custom-ref`: AR24 shows this ' +
      'reference on it. `vouched`: the actor in `by` sent `emailVerified`. `only-requester`: its holder gave access, and no ' +
      'other reference ever requested the address. `operator`: the actor in `by` answered the question `whose-account`',
  });

const outcomeSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ready'),
      how: z.enum(['found', 'attached', 'created']),
      accountId: z.string(),
      ownership,
      overrides: z.array(override).readonly(),
      missing: z.array(z.enum(OPTIONAL_REQUIREMENTS)).readonly(),
      ...carryOver,
    }),
    z.object({ kind: z.literal('refused'), by: z.string(), ...carryOver }),
    z.object({
      kind: z.literal('expired'),
      waitingFor: z.array(requirement).readonly(),
      ...carryOver,
    }),
    z.object({
      kind: z.literal('cancelled'),
      by: z.string(),
      reason: z.string(),
      accountId: z.string().optional(),
      unconfirmed: z.literal('create-account').optional(),
      ...carryOver,
    }),
    z.object({
      kind: z.literal('failed'),
      how: z.enum(['failed', 'terminated', 'timed-out']),
    }),
    z.object({
      kind: z.literal('unreadable'),
      keyId: z.string().nullable().meta({
        description: 'the id of the missing key; null: the outcome was altered',
      }),
    }),
  ])
  .meta({ id: 'Outcome', description: 'how it ended' });

const problem = z.object({
  kind: z.enum(PROBLEM_KINDS),
  since: moment.optional(),
  slug: z.string().optional(),
  field: z.string().optional().meta({ description: "the field of AR24's answer that is invalid" }),
  nextTry: moment.optional(),
});

const summarySchema = z
  .object({
    reference: z.string(),
    status: z.enum(STATUSES),
    waitingFor: z.array(requirement).readonly(),
    problem: z.object({ kind: z.enum(PROBLEM_KINDS) }).nullable(),
    since: moment.meta({ description: 'since when it waits for this' }),
    startedAt: moment,
    deadline: moment.nullable(),
    accountId: z.string().nullable(),
  })
  .meta({ id: 'OnboardingSummary' });

/** Known only if a worker answers; absent in a partial view. */
const whole = {
  nextReminder: moment.nullable(),
  language: z.enum(LANGUAGES),
  fieldErrors: z
    .array(z.object({ field: z.string(), slug: z.string() }))
    .readonly()
    .meta({ description: "fields that AR24 refused, with AR24's own slugs" }),
  question: z
    .enum(QUESTIONS)
    .nullable()
    .meta({ description: 'the question that an operator has to decide' }),
  notVisible: z.array(requirement).readonly().meta({
    description: 'outstanding, and AR24 does not show whether they are satisfied',
  }),
  claims: z
    .array(
      z.object({
        what: z.enum([...CLAIMABLE, 'refusal']),
        by: z.string(),
        at: moment,
        contradicted: z.boolean(),
      }),
    )
    .readonly(),
  requests: z
    .array(
      z.object({
        kind: z.enum(['access', 'terms', 'payment', 'identity']),
        at: moment,
        times: z.int(),
        unconfirmed: z.int(),
      }),
    )
    .readonly(),
  overrides: z.array(override).readonly(),
  lastRead: z.object({ at: moment, answer: z.string() }).nullable(),
  paymentLink: z.string().nullable(),
  maskedEmail: z.string(),
  otherAddress: z.object({ maskedEmail: z.string(), by: z.string(), at: moment }).nullable().meta({
    description: 'the sign-up has a new address, but the account has the previous one',
  }),
  addressCorrected: z.object({ by: z.string(), at: moment }).nullable().meta({
    description:
      'the last correction of the address; `by` is `sender` if the person made it on their page',
  }),
  returnUrl: z.string().nullable(),
  refreshUrl: z.string().nullable(),
  linksValidFrom: moment.nullable(),
  version: z.int().meta({ description: 'grows with each change' }),
};

const standing = { problem: problem.nullable(), outcome: outcomeSchema.nullable() };

export const viewSchema = summarySchema
  .extend({
    ...standing,
    partial: z.boolean().meta({
      description:
        'no worker answers, or the outcome cannot be read: the view has only the fields that Temporal itself knows',
    }),
    stuck: z.boolean().meta({ description: 'an operator should check it' }),
    stuckBecause: z.array(z.enum(['problem', 'no-look', 'failing-task', 'missing-key'])).readonly(),
    missingKeys: z.array(z.string()).readonly().meta({
      description: 'ids of encryption keys that it waits for; with `missing-key`',
    }),
    ...z.object(whole).partial().shape,
  })
  .meta({ id: 'Onboarding' });

/** From the worker that has just processed a message. Only Temporal itself knows whether a run is stuck. */
export const updatedSchema = viewSchema
  .omit({ stuck: true, stuckBecause: true, missingKeys: true })
  .meta({ id: 'UpdatedOnboarding' });

/** In notifications. The onboarding itself sends them, so that no field is missing. */
export const notifiedSchema = summarySchema
  .extend({ ...standing, ...whole })
  .omit({
    maskedEmail: true,
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
    onboardings: z.array(summarySchema),
    nextCursor: z.string().nullable().meta({ description: 'null on the last page' }),
  })
  .meta({ id: 'OnboardingPage' });

const warnings = z
  .array(
    z.object({
      pointer: z
        .string()
        .meta({ description: 'a JSON pointer into the body; empty for the reference' }),
      rule: z.string(),
      detail: z.string(),
    }),
  )
  .readonly()
  .meta({
    description:
      'values that AR24 will probably refuse, or that are probably mistakes; they were accepted all the same',
  });

export const startedSchema = z.object({ reference: z.string(), warnings }).meta({ id: 'Started' });

export const registeredSchema = updatedSchema
  .extend({ warnings })
  .meta({ id: 'RegisteredOnboarding' });

export const remindedSchema = updatedSchema
  .extend({
    mailsRepeated: z
      .array(z.enum(MAIL_REQUESTS))
      .readonly()
      .meta({ description: 'the mails that AR24 is requested to send again' }),
  })
  .meta({ id: 'RemindedOnboarding' });

export const acceptedSchema = z.object({ reference: z.string() }).meta({ id: 'Accepted' });

export const linkSchema = z
  .object({
    url: z.url().meta({
      description: 'everybody who has the link can act as the sender: give it only to the sender',
    }),
    expiresAt: moment,
  })
  .meta({ id: 'Link' });
