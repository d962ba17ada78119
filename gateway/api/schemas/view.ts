/** What partners are told: every field named, so that nothing else can be. */
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
import { QUESTIONS } from '../../../workflows/contract/view.ts';

const moment = z.iso.datetime();
const requirement = z.enum(REQUIREMENTS);

const override = z.object({
  requirement: z.enum(OVERRIDABLE),
  by: z.string(),
  reason: z.string(),
  at: moment,
});

const leftBehind = { accessAsked: z.boolean(), identityOrdered: z.boolean() };

const outcomeSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('ready'),
      how: z.enum(['found', 'attached', 'created']),
      accountId: z.string(),
      overrides: z.array(override).readonly(),
      missing: z.array(z.enum(OPTIONAL_REQUIREMENTS)).readonly(),
      ...leftBehind,
    }),
    z.object({ kind: z.literal('refused'), by: z.string(), ...leftBehind }),
    z.object({
      kind: z.literal('expired'),
      waitingFor: z.array(requirement).readonly(),
      ...leftBehind,
    }),
    z.object({
      kind: z.literal('cancelled'),
      by: z.string(),
      reason: z.string(),
      accountId: z.string().optional(),
      unsettled: z.literal('create-account').optional(),
      ...leftBehind,
    }),
    z.object({
      kind: z.literal('failed'),
      how: z.enum(['failed', 'terminated', 'timed-out']),
    }),
    z.object({
      kind: z.literal('unreadable'),
      keyId: z.string().nullable().meta({
        description: 'of the key that is missing here; null: it was altered',
      }),
    }),
  ])
  .meta({ id: 'Outcome', description: 'how it ended' });

const problem = z.object({
  kind: z.enum(PROBLEM_KINDS),
  since: moment.optional(),
  slug: z.string().optional(),
  nextTry: moment.optional(),
});

const summarySchema = z
  .object({
    reference: z.string(),
    status: z.enum(STATUSES),
    waitingFor: z.array(requirement).readonly(),
    problem: z.object({ kind: z.enum(PROBLEM_KINDS) }).nullable(),
    since: moment.meta({ description: 'waiting for this since' }),
    startedAt: moment,
    deadline: moment.nullable(),
    accountId: z.string().nullable(),
  })
  .meta({ id: 'OnboardingSummary' });

/** Known only where a worker answers; absent in a partial view. */
const whole = {
  nextReminder: moment.nullable(),
  language: z.enum(LANGUAGES),
  fieldErrors: z
    .array(z.object({ field: z.string(), slug: z.string() }))
    .readonly()
    .meta({ description: "fields that AR24 refused, with AR24's own slugs" }),
  question: z.enum(QUESTIONS).nullable().meta({ description: 'what an operator has to decide' }),
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
  asked: z
    .array(
      z.object({
        what: z.enum(['access', 'terms', 'payment', 'identity']),
        at: moment,
        times: z.int(),
        answersLost: z.int(),
      }),
    )
    .readonly(),
  overrides: z.array(override).readonly(),
  lastLook: z.object({ at: moment, answer: z.string() }).nullable(),
  paymentLink: z.string().nullable(),
  maskedEmail: z.string(),
  linksValidFrom: moment.nullable(),
  version: z.int().meta({ description: 'grows with each change' }),
};

const standing = { problem: problem.nullable(), outcome: outcomeSchema.nullable() };

export const viewSchema = summarySchema
  .extend({
    ...standing,
    partial: z.boolean().meta({
      description:
        'no worker answers, or how it ended cannot be read: only what Temporal itself knows is told',
    }),
    stuck: z.boolean().meta({ description: 'an operator should look at it' }),
    stuckBecause: z.array(z.enum(['problem', 'no-look', 'failing-task', 'missing-key'])).readonly(),
    ...z.object(whole).partial().shape,
  })
  .meta({ id: 'Onboarding' });

/** By the worker that has just taken a message: of what Temporal itself may be in trouble with it knows nothing. */
export const updatedSchema = viewSchema
  .omit({ stuck: true, stuckBecause: true })
  .meta({ id: 'UpdatedOnboarding' });

/** As notifications have it: by the onboarding itself, and so with every field. */
export const notifiedSchema = summarySchema
  .extend({ ...standing, ...whole })
  .omit({ maskedEmail: true, linksValidFrom: true })
  .meta({
    id: 'NotifiedOnboarding',
    description: 'as it stood at `timestamp`; whether it is stuck only the API tells',
  });

export const pageSchema = z
  .object({
    onboardings: z.array(summarySchema),
    nextCursor: z.string().nullable().meta({ description: 'null on the last page' }),
  })
  .meta({ id: 'OnboardingPage' });

export const acceptedSchema = z.object({ reference: z.string() }).meta({ id: 'Accepted' });

export const linkSchema = z
  .object({
    url: z.url().meta({ description: 'whoever has it can act as the sender: hand it to him only' }),
    expiresAt: moment,
  })
  .meta({ id: 'Link' });
