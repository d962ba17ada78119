import {
  DEFAULT_POLICY,
  POLL_BESIDE_WEBHOOKS,
  type Policy,
} from '../../workflows/contract/policy.ts';
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

/**
 * The policy of a worker with this environment.
 *
 * @throws EnvironmentError where the first pause is longer than the longest
 */
export function policyOf(values: Values<typeof POLICY_VARIABLES>): Policy {
  const usual = values.ONBOARDING_AR24_WEBHOOKS ? POLL_BESIDE_WEBHOOKS : DEFAULT_POLICY.poll;
  const poll = {
    firstSeconds: values.ONBOARDING_POLL_FIRST_S ?? usual.firstSeconds,
    maxSeconds: values.ONBOARDING_POLL_MAX_S ?? usual.maxSeconds,
  };
  const repair = {
    firstSeconds: values.ONBOARDING_REPAIR_FIRST_S,
    maxSeconds: values.ONBOARDING_REPAIR_MAX_S,
  };
  const faults = Object.entries({ POLL: poll, REPAIR: repair })
    .filter(([, { firstSeconds, maxSeconds }]) => firstSeconds > maxSeconds)
    .map(([name]) => ({
      name: `ONBOARDING_${name}_MAX_S`,
      message: `is less than ONBOARDING_${name}_FIRST_S`,
    }));
  if (faults.length > 0) throw new EnvironmentError(faults);
  return {
    reminderDays: values.ONBOARDING_REMINDER_DAYS,
    reminderHours: { ...DEFAULT_POLICY.reminderHours, ...values.ONBOARDING_REMINDER_HOURS },
    remindAttachment: values.ONBOARDING_REMIND_ATTACHMENT,
    deadlineDays: values.ONBOARDING_DEADLINE_DAYS,
    poll,
    repair,
    termsProof: values.ONBOARDING_TERMS_PROOF,
    notify: values.ONBOARDING_NOTIFY_URL !== undefined,
  };
}
