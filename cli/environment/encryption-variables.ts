import { parseEncryptionKeys } from '../../codec/index.ts';
import { parsedBy, words, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker', 'gateway', 'codec', 'commands'] as const;

/** With what payloads are encrypted. The same for everything that talks to one namespace. */
export const ENCRYPTION_VARIABLES = {
  ONBOARDING_ENCRYPTION_KEYS: {
    meaning:
      'keys that encrypt what Temporal keeps, `NAME:BASE64 of 32 bytes` as `onboard key encryption` prints them, the one that writes first, with commas between (secret); this or the file is needed',
    default: null,
    neededBy,
    schema: parsedBy(parseEncryptionKeys),
  },
  ONBOARDING_ENCRYPTION_KEYS_FILE: {
    meaning: 'file that holds them, a key a line',
    default: null,
    neededBy,
    schema: words,
  },
  ONBOARDING_ALLOW_PLAINTEXT: {
    meaning:
      '1: without keys nothing is encrypted, and senders’ data lie readable in Temporal (`npm start` encrypts all the same)',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
} as const satisfies Variables;
