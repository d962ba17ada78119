import { z } from 'zod';
import { parseHashKey } from '../../client/hash-key.ts';
import { days, hours, httpAddress, list, whole, words, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['commands'] as const;

const hashKey = words.transform((value, context) => {
  try {
    return parseHashKey(value);
  } catch {
    context.addIssue('VERSION:BASE64 is expected, with 32 bytes in base64');
    return z.NEVER;
  }
});

/** How onboardings are started and found. */
export const CLIENT_VARIABLES = {
  ONBOARDING_HASH_KEY: {
    meaning:
      'key for look-ups by address, `VERSION:BASE64 of 32 bytes` (secret; `openssl rand -base64 32`)',
    default: null,
    neededBy,
    schema: hashKey,
  },
  ONBOARDING_FORMER_HASH_KEYS: {
    meaning: 'keys used before, with commas between, so that what they hashed is found (secret)',
    default: null,
    neededBy,
    schema: list.pipe(z.array(hashKey)),
  },
  ONBOARDING_REMINDER_DAYS: {
    meaning: 'days after asking at which the person is reminded',
    default: '2,5,10,20',
    neededBy,
    schema: days,
  },
  ONBOARDING_REMINDER_HOURS: {
    meaning: 'hours of Paris, Monday to Saturday, at which reminders are sent',
    default: '9-19',
    neededBy,
    schema: hours,
  },
  ONBOARDING_REMIND_ATTACHMENT: {
    meaning: '0: no reminders to holders who were asked for access',
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
  ONBOARDING_POLL_FIRST_S: {
    meaning:
      "seconds until the first look at AR24 while waiting (at `npm start`'s simulator: 2 by default)",
    default: '600',
    neededBy,
    schema: whole(1, 86_400),
  },
  ONBOARDING_POLL_MAX_S: {
    meaning: "most seconds between two looks (at `npm start`'s simulator: 10 by default)",
    default: '43200',
    neededBy,
    schema: whole(1, 604_800),
  },
  ONBOARDING_REPAIR_FIRST_S: {
    meaning: 'seconds until the first new try after a problem showed',
    default: '900',
    neededBy,
    schema: whole(1, 86_400),
  },
  ONBOARDING_REPAIR_MAX_S: {
    meaning: 'most seconds between two tries while a problem lasts',
    default: '21600',
    neededBy,
    schema: whole(1, 604_800),
  },
  ONBOARDING_NOTIFY_URL: {
    meaning:
      'where you want to be told of each change (https; its credentials and query stay secret); not set: nowhere',
    default: null,
    neededBy: ['commands', 'gateway', 'worker'],
    schema: httpAddress,
  },
} as const satisfies Variables;
