/** How an onboarding ended, as the API answers it. Each variant is a component of the document. */
import { z } from 'zod';
import {
  accountId,
  actor,
  moment,
  optionalRequirement,
  overridable,
  requirement,
} from './words.ts';

export const override = z
  .object({
    requirement: overridable,
    by: actor('decided'),
    reason: z.string().meta({ description: 'why', example: 'shown to us on paper' }),
    at: moment('when'),
  })
  .meta({
    // `Override` would hide the annotation of this name in a Java client.
    id: 'OverrideRecord',
    description: 'an operator’s decision that a requirement counts as satisfied',
  });

const carryOver = {
  accessRequested: z.boolean().meta({
    description: 'AR24 was asked for access: the holder may still grant it',
  }),
  identityOrdered: z.boolean().meta({
    description: 'the paid identity check was or may have been ordered: it is never ordered again',
  }),
};

/** @param kind the discriminator @param means described after it */
function variant<Kind extends string, Shape extends z.ZodRawShape>(
  id: string,
  kind: Kind,
  means: string,
  shape: Shape,
) {
  const named = z.literal(kind).meta({ description: 'distinguishes the variant' });
  return z.object({ kind: named, ...shape }).meta({ id, description: means });
}

const ownership = z
  .discriminatedUnion('kind', [
    variant('OwnershipCreated', 'created', 'we created the account from the form', {}),
    variant('OwnershipCustomRef', 'custom-ref', 'AR24 shows this reference on the account', {}),
    variant('OwnershipVouched', 'vouched', 'somebody sent `emailVerified`', {
      by: actor('vouched'),
    }),
    variant(
      'OwnershipOnlyRequester',
      'only-requester',
      'the holder gave access, and no other reference ever requested the address',
      {},
    ),
    variant('OwnershipOperator', 'operator', 'an operator answered `whose-account`', {
      by: actor('answered'),
    }),
  ])
  .meta({ id: 'Ownership', description: 'why the account counts as this sender’s' });

const ready = variant('OutcomeReady', 'ready', 'the sender can send registered e-mail', {
  how: z.enum(['found', 'attached', 'created']).meta({
    id: 'ReadyHow',
    description:
      '`found`: the account was attached before. `attached`: its holder granted access. `created`: we created it',
  }),
  accountId,
  ownership,
  overrides: z.array(override).readonly().meta({ description: 'decisions of operators' }),
  missing: z
    .array(optionalRequirement)
    .readonly()
    .meta({ description: 'what you did not require, and what is not satisfied' }),
  ...carryOver,
});

const refused = variant('OutcomeRefused', 'refused', 'the holder refused access', {
  by: actor('reported it'),
  ...carryOver,
});

const expired = variant('OutcomeExpired', 'expired', 'the deadline passed', {
  waitingFor: z.array(requirement).readonly().meta({ description: 'what was outstanding' }),
  ...carryOver,
});

const cancelled = variant('OutcomeCancelled', 'cancelled', 'somebody cancelled it', {
  by: actor('cancelled it'),
  reason: z.string().meta({ description: 'why', example: 'signed up by mistake' }),
  accountId: accountId.optional(),
  unconfirmed: z.literal('create-account').optional().meta({
    description: 'the creation of an account was in flight, and AR24 may have carried it out',
  }),
  ...carryOver,
});

const failed = variant('OutcomeFailed', 'failed', 'Temporal ended the run', {
  how: z.enum(['failed', 'terminated', 'timed-out']).meta({
    id: 'FailedHow',
    description: '`failed`: a bug. `terminated`: somebody ended it. `timed-out`: Temporal did',
  }),
});

const unreadable = variant('OutcomeUnreadable', 'unreadable', 'the outcome cannot be read here', {
  keyId: z.string().nullable().meta({
    description: 'the id of the missing key; null: the outcome was altered',
    example: '2026a',
  }),
});

export const outcome = z
  .discriminatedUnion('kind', [ready, refused, expired, cancelled, failed, unreadable])
  .meta({ id: 'Outcome', description: 'how the onboarding ended; `kind` distinguishes them' });
