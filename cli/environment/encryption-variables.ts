import { parseEncryptionKeys } from '../../codec/index.ts';
import { parsedBy, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker', 'gateway', 'codec', 'commands'] as const;

/** The encryption of payloads: the same for all processes of one namespace. */
export const ENCRYPTION_VARIABLES = {
  ONBOARDING_ENCRYPTION_KEYS: {
    meaning:
      'required: keys that encrypt the personal data in Temporal, `NAME:BASE64 of 32 bytes`, as `onboard key encryption` prints them. The first key encrypts, all of them decrypt; separate them with commas',
    default: null,
    secret: true,
    neededBy,
    schema: parsedBy(parseEncryptionKeys),
  },
  ONBOARDING_ALLOW_PLAINTEXT: {
    meaning:
      '1: run without encryption keys, so that everybody with access to Temporal can read personal data; for trials only (`npm start` encrypts in any case)',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
} as const satisfies Variables;
