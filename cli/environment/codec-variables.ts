import { z } from 'zod';
import { isOnLoopback } from './loopback.ts';
import { httpAddress, list, port, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['codec'] as const;

const origins = list.pipe(
  z.array(
    httpAddress.refine(
      // Asked also of what is no address, which has been told then.
      (url) => URL.canParse(url) && new URL(url).origin === url,
      'origins are expected, such as https://temporal.example.org, with nothing behind',
    ),
  ),
);

/** Whoever could change the answer could make tokens. */
const trustedAddress = httpAddress.refine(
  (url) => url.startsWith('https:') || isOnLoopback(url),
  'an https address is expected',
);

/** How `onboard codec` behaves. */
export const CODEC_VARIABLES = {
  ONBOARDING_CODEC_PORT: {
    meaning: 'port of `onboard codec`; 0: any free one',
    default: '8234',
    neededBy: ['codec', 'up'],
    schema: port,
  },
  ONBOARDING_CODEC_HOST: {
    meaning: 'address on which it listens; put it behind a proxy that speaks TLS',
    default: '127.0.0.1',
    neededBy,
    schema: words,
  },
  ONBOARDING_CODEC_UI_ORIGIN: {
    meaning:
      "origin of Temporal's UI, such as `https://temporal.example.org`, or several with commas between: no other pages may call",
    default: null,
    neededBy,
    required: true,
    schema: origins,
  },
  ONBOARDING_CODEC_JWKS_URL: {
    meaning: 'where your identity provider tells the keys that verify its tokens (https)',
    default: null,
    neededBy,
    required: true,
    schema: trustedAddress,
  },
  ONBOARDING_CODEC_ISSUER: {
    meaning: 'the issuer that stands in its tokens (`iss`), to the letter',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  ONBOARDING_CODEC_AUDIENCE: {
    meaning: 'for whom they have to be made out (`aud`)',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  ONBOARDING_CODEC_NAMESPACE: {
    meaning:
      'tokens must permit reading this namespace, in their claim `permissions`: `NAMESPACE:read`, as Temporal’s own authorizer has it; not set: whoever may log in may read',
    default: null,
    neededBy,
    schema: words,
  },
} as const satisfies Variables;
