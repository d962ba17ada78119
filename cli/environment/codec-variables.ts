import { z } from 'zod';
import { httpAddress, list, listenAddress, port, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['codec'] as const;

const origins = list.pipe(
  z.array(
    httpAddress.refine(
      // Also called with an invalid address, which is reported already.
      (url) => URL.canParse(url) && new URL(url).origin === url,
      'origins are expected, such as https://temporal.example.org, with nothing behind',
    ),
  ),
);

/** https: an attacker who can change the answer can forge tokens. */
const trustedAddress = httpAddress.refine(
  (url) => url.startsWith('https:') || isOnLoopback(url),
  'an https address is expected',
);

/** How `onboard codec` behaves. */
export const CODEC_VARIABLES = {
  ONBOARDING_CODEC_PORT: {
    meaning: 'port of `onboard codec`; 0: any free port',
    default: '8234',
    neededBy: ['codec', 'up'],
    schema: port,
  },
  ONBOARDING_CODEC_HOST: {
    meaning: 'address on which it listens; put a proxy that speaks TLS in front of it',
    default: '127.0.0.1',
    neededBy,
    schema: words,
  },
  ONBOARDING_CODEC_METRICS_ADDRESS: {
    meaning:
      "address on which Prometheus reads the codec server's metrics, such as `0.0.0.0:9467`; not set: no metrics",
    default: null,
    neededBy,
    schema: listenAddress,
  },
  ONBOARDING_CODEC_UI_ORIGIN: {
    meaning:
      "origin of Temporal's UI, such as `https://temporal.example.org`: browsers may call the codec server from this page only; separate several with commas",
    default: null,
    neededBy,
    required: true,
    schema: origins,
  },
  ONBOARDING_CODEC_JWKS_URL: {
    meaning:
      "https address of your identity provider's public keys (JWKS), which verify its tokens",
    default: null,
    neededBy,
    required: true,
    schema: trustedAddress,
  },
  ONBOARDING_CODEC_ISSUER: {
    meaning: 'issuer that a token must have (`iss`), compared letter by letter',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  ONBOARDING_CODEC_AUDIENCE: {
    meaning: 'audience that a token must have (`aud`)',
    default: null,
    neededBy,
    required: true,
    schema: words,
  },
  ONBOARDING_CODEC_NAMESPACE: {
    meaning:
      "namespace that a token must permit its holder to read: `NAMESPACE:read` in the claim `permissions`, as for Temporal's own authorizer; not set: everybody with a valid token may read",
    default: null,
    neededBy,
    schema: words,
  },
} as const satisfies Variables;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether an address is of this machine. */
function isOnLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname);
}
