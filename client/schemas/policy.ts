import { z } from 'zod';
import type { Policy } from '../../workflows/contract/index.ts';
import { strictly } from './unknown-fields.ts';

const WEEK_S = 7 * 86_400;

const pauses = strictly({
  firstSeconds: z.number().min(1).max(WEEK_S),
  maxSeconds: z.number().min(1).max(WEEK_S),
}).refine(
  ({ firstSeconds, maxSeconds }) => firstSeconds <= maxSeconds,
  'firstSeconds must not exceed maxSeconds',
);

/** A workflow that is given a policy it cannot follow would fail for ever: refused here instead. */
export const policySchema = strictly({
  reminderDays: z
    .array(z.number().positive().max(366))
    .max(50)
    .refine(
      (all) => all.every((day, index) => day > (all[index - 1] ?? 0)),
      'the days must rise, from above 0',
    ),
  reminderHours: strictly({
    from: z.int().min(0).max(23),
    to: z.int().min(1).max(24),
    timeZone: z.string().refine(isTimeZone, 'is no time zone, such as Europe/Paris'),
  }).refine(({ from, to }) => from < to, 'from must be less than to'),
  remindAttachment: z.boolean(),
  deadlineDays: z.number().positive().max(366),
  poll: pauses,
  repair: pauses,
  notify: z.boolean().optional(),
}) satisfies z.ZodType<Policy>;

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
