import { DEFAULT_POLICY, type Policy } from '../../workflows/contract/policy.ts';
import { EnvironmentError } from './environment-error.ts';
import type { POLICY_VARIABLES } from './policy-variables.ts';
import type { Values } from './variable.ts';

/**
 * Defaults where AR24 is the simulator of a running `onboard up`: a click in its mailbox should show a moment
 * later, and frequent polls do no harm there.
 */
export const AT_THE_SIMULATOR = {
  ONBOARDING_POLL_FIRST_S: '2',
  ONBOARDING_POLL_MAX_S: '10',
} as const;

const PAUSES = [
  ['ONBOARDING_POLL_FIRST_S', 'ONBOARDING_POLL_MAX_S'],
  ['ONBOARDING_REPAIR_FIRST_S', 'ONBOARDING_REPAIR_MAX_S'],
] as const;

/**
 * The policy of a worker with this environment.
 *
 * @throws EnvironmentError where the first pause is longer than the longest
 */
export function policyOf(values: Values<typeof POLICY_VARIABLES>): Policy {
  const faults = PAUSES.filter(([first, most]) => values[first] > values[most]).map(
    ([first, most]) => ({ name: most, message: `is less than ${first}` }),
  );
  if (faults.length > 0) throw new EnvironmentError(faults);
  return {
    reminderDays: values.ONBOARDING_REMINDER_DAYS,
    reminderHours: { ...DEFAULT_POLICY.reminderHours, ...values.ONBOARDING_REMINDER_HOURS },
    remindAttachment: values.ONBOARDING_REMIND_ATTACHMENT,
    deadlineDays: values.ONBOARDING_DEADLINE_DAYS,
    poll: {
      firstSeconds: values.ONBOARDING_POLL_FIRST_S,
      maxSeconds: values.ONBOARDING_POLL_MAX_S,
    },
    repair: {
      firstSeconds: values.ONBOARDING_REPAIR_FIRST_S,
      maxSeconds: values.ONBOARDING_REPAIR_MAX_S,
    },
    termsProof: values.ONBOARDING_TERMS_PROOF,
    notify: values.ONBOARDING_NOTIFY_URL !== undefined,
  };
}
