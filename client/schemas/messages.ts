/** Messages from operators and partners to an onboarding. */
import { z } from 'zod';
import { CLAIMABLE, OVERRIDABLE, PROBLEM_KINDS } from '../../workflows/contract/index.ts';
import { email } from './email.ts';
import { text } from './text.ts';
import { strictly } from './unknown-fields.ts';

/** The author: an operator's name, or the name of a system. */
const actor = text;

export const claim = strictly({
  what: z.enum(CLAIMABLE, `one of ${CLAIMABLE.join(', ')} is expected`),
  by: actor,
});

export const refusal = strictly({ by: actor });

export const addressCorrection = strictly({
  email,
  emailVerified: z.boolean('true or false is expected').default(false),
  by: actor,
});

const DATE_EXPECTED = 'a date is expected, such as 2027-01-31 or 2027-01-31T18:00:00Z';

/** A date alone means its last moment, UTC. */
export const extension = strictly({
  until: z
    .union([z.date(), z.iso.date(), z.iso.datetime({ offset: true })], DATE_EXPECTED)
    .transform((until) => {
      if (until instanceof Date) return until.toISOString();
      return new Date(until.length === 10 ? `${until}T23:59:59.999Z` : until).toISOString();
    }),
});

export const cancellation = strictly({ reason: text, by: actor });

export const pause = strictly({ reason: text, by: actor });

export const withdrawal = strictly({ reason: text, by: actor });

export const overriding = strictly({
  requirement: z.enum(OVERRIDABLE, `only ${OVERRIDABLE.join(', ')} can be overridden`),
  reason: text,
  by: actor,
});

export const problemKind = z.enum(PROBLEM_KINDS, `one of ${PROBLEM_KINDS.join(', ')} is expected`);
