import { days, hours, httpAddress, oneOf, whole, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker'] as const;

/**
 * Reminders, deadline, polls, the proof of the terms and notifications. Only the worker reads them: an onboarding must not depend on the
 * shell that started it.
 */
export const POLICY_VARIABLES = {
  ONBOARDING_REMINDER_DAYS: {
    meaning: 'days after a request on which the person is reminded',
    default: '2,5,10,20',
    neededBy,
    schema: days,
  },
  ONBOARDING_REMINDER_HOURS: {
    meaning: 'hours of the day, Paris time, Monday to Saturday, between which reminders are sent',
    default: '9-19',
    neededBy,
    schema: hours,
  },
  ONBOARDING_REMIND_ATTACHMENT: {
    meaning:
      '0: do not remind the holder of an existing account to grant access, once AR24 has confirmed a request',
    default: '1',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_DEADLINE_DAYS: {
    meaning: 'days without progress after which an onboarding expires',
    default: '30',
    neededBy,
    schema: whole(1, 366),
  },
  ONBOARDING_AR24_WEBHOOKS: {
    meaning:
      "1: AR24's webhooks reach your gateway and announce what people accept, so that polls only find what was missed, and may pause for longer. Set it if `onboard probe` saw such webhooks",
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_POLL_FIRST_S: {
    meaning:
      'seconds until AR24 is read for the first time while an onboarding waits; not set: 600, with ONBOARDING_AR24_WEBHOOKS=1 28800, with the simulator of `npm start` 2',
    default: null,
    neededBy,
    schema: whole(1, 86_400),
  },
  ONBOARDING_POLL_MAX_S: {
    meaning:
      'most seconds between two reads of AR24; the pause grows up to it; not set: 43200, with ONBOARDING_AR24_WEBHOOKS=1 86400, with the simulator of `npm start` 10',
    default: null,
    neededBy,
    schema: whole(1, 604_800),
  },
  ONBOARDING_REPAIR_FIRST_S: {
    meaning: 'seconds until the first retry after a problem appeared',
    default: '900',
    neededBy,
    schema: whole(1, 86_400),
  },
  ONBOARDING_REPAIR_MAX_S: {
    meaning: 'most seconds between two retries while a problem lasts; the pause grows up to it',
    default: '21600',
    neededBy,
    schema: whole(1, 604_800),
  },
  ONBOARDING_TERMS_PROOF: {
    meaning:
      "what proves that a person accepted AR24's terms: only the `field` `cgu` of the account, or also a `claim` (`onboard accept REFERENCE terms`)",
    default: 'field',
    neededBy,
    schema: oneOf(['field', 'claim']),
  },
  ONBOARDING_NOTIFY_URL: {
    meaning:
      'https address to which each change is reported, in signed requests; credentials and query in it stay secret; not set: no notifications. Open onboardings follow a new address after `onboard policy apply`',
    default: null,
    secret: true,
    neededBy,
    schema: httpAddress,
  },
} as const satisfies Variables;
