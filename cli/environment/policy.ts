import { DEFAULT_POLICY, type Policy } from '../../workflows/contract/policy.ts';
import type { CLIENT_VARIABLES } from './client-variables.ts';
import type { Values } from './variable.ts';

/** How patient the onboardings are that are started from here. */
export function policyOf(values: Values<typeof CLIENT_VARIABLES>): Policy {
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
    ...(values.ONBOARDING_NOTIFY_URL !== undefined && { notify: true }),
  };
}
