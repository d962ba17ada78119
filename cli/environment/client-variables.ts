import { z } from 'zod';
import { parseHashKey } from '../../client/hash-key.ts';
import { list, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['gateway', 'commands'] as const;

const hashKey = words.transform((value, context) => {
  try {
    return parseHashKey(value);
  } catch {
    context.addIssue('VERSION:BASE64 is expected, with 32 bytes in base64');
    return z.NEVER;
  }
});

/** Keys for look-ups by address. */
export const CLIENT_VARIABLES = {
  ONBOARDING_HASH_KEY: {
    meaning:
      'required by the gateway, and by all commands that read or change onboardings: key of the hashes by which e-mail addresses are searched, `VERSION:BASE64 of 32 bytes`; make the second part by `openssl rand -base64 32`',
    default: null,
    secret: true,
    neededBy,
    schema: hashKey,
  },
  ONBOARDING_FORMER_HASH_KEYS: {
    meaning:
      'hash keys that were used before, so that older onboardings are still found; separate several with commas',
    default: null,
    secret: true,
    neededBy,
    schema: list.pipe(z.array(hashKey)),
  },
} as const satisfies Variables;
