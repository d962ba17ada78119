import { z } from 'zod';
import { DEFAULT_POLICY, type Policy } from '../workflows/contract/index.ts';

const WEEK_S = 7 * 86_400;

const pauses = z
  .strictObject({
    firstSeconds: z.number().min(1).max(WEEK_S),
    maxSeconds: z.number().min(1).max(WEEK_S),
  })
  .refine(
    ({ firstSeconds, maxSeconds }) => firstSeconds <= maxSeconds,
    'firstSeconds must not exceed maxSeconds',
  );

const policySchema = z.strictObject({
  reminderDays: z
    .array(z.number().positive().max(366))
    .max(50)
    .refine(
      (all) => all.every((day, index) => day > (all[index - 1] ?? 0)),
      'the days must rise, from above 0',
    ),
  reminderHours: z
    .strictObject({
      from: z.int().min(0).max(23),
      to: z.int().min(1).max(24),
      timeZone: z.string().refine(isTimeZone, 'is no time zone, such as Europe/Paris'),
    })
    .refine(({ from, to }) => from < to, 'from must be less than to'),
  remindAttachment: z.boolean(),
  deadlineDays: z.number().positive().max(366),
  poll: pauses,
  repair: pauses,
  termsProof: z.enum(['field', 'claim']),
  notify: z.boolean(),
}) satisfies z.ZodType<Policy>;

/**
 * The policy with its defaults. It is validated before the worker starts, because workflows with an impossible
 * policy would fail for ever.
 *
 * @throws TypeError that names each wrong setting
 */
export function checkedPolicy(policy: Partial<Policy> | undefined): Policy {
  const { data, error } = policySchema.safeParse({ ...DEFAULT_POLICY, ...policy });
  if (data) return data;
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new TypeError(`no onboarding can follow this policy: ${faults.join('; ')}`);
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
