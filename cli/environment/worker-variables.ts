import { z } from 'zod';
import { list, oneOf, patches, port, whole, words, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker'] as const;

/** As Standard Webhooks has it. */
const signingSecret = z.string().refine((secret) => {
  const [, base64 = ''] = /^whsec_(.+)$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && bytes.length >= 24 && bytes.length <= 64;
}, 'whsec_ and base64 of 24 to 64 bytes are expected');

/** How `onboard worker` behaves: the partner's practice with AR24, and the process itself. */
export const WORKER_VARIABLES = {
  ONBOARDING_TERMS_PROOF: {
    meaning:
      "what proves accepted terms: AR24's `cgu` `field` alone, or also a `claim` (`onboard accept REFERENCE terms`)",
    default: 'field',
    neededBy,
    schema: oneOf(['field', 'claim']),
  },
  ONBOARDING_TERMS_MAIL: {
    meaning:
      'who has the terms mailed after a creation: we `request` it, or AR24 does (`automatic`)',
    default: 'request',
    neededBy,
    schema: oneOf(['request', 'automatic']),
  },
  ONBOARDING_PREACCEPTED_TERMS: {
    meaning: '1: AR24 lets your token create accounts with accepted terms, given evidence',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_PRECONFIRMED_EMAIL: {
    meaning:
      '1: AR24 lets your token create accounts with a confirmed address, if you vouch for it',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_PAYMENT_REQUEST: {
    meaning: 'how a way to pay is asked for: AR24 sends a `mail`, or gives a `link` to show',
    default: 'mail',
    neededBy,
    schema: oneOf(['mail', 'link']),
  },
  ONBOARDING_NOTIFY_SECRETS: {
    meaning:
      'what signs notifications, `whsec_` and base64 of 24 to 64 bytes, with commas between while you change it: each signs (secret)',
    default: null,
    neededBy,
    schema: list.pipe(z.array(signingSecret)),
  },
  ONBOARDING_NOTIFY_ALLOW_PRIVATE: {
    meaning: '1: notifications may go to private networks and this machine, and without TLS',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_SHUTDOWN_GRACE_S: {
    meaning: 'seconds that calls in flight may go on after SIGTERM',
    default: '20',
    neededBy,
    schema: whole(0, 3_600),
  },
  ONBOARDING_HEALTH_PORT: {
    meaning: 'port of `GET /live` and `GET /ready`; 0: any free one',
    default: '8090',
    neededBy,
    schema: port,
  },
  ONBOARDING_METRICS_ADDRESS: {
    meaning: 'where Prometheus reads metrics, such as `0.0.0.0:9464`; not set: nowhere',
    default: null,
    neededBy,
    schema: words.regex(
      /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i,
      'IP:PORT is expected, such as 127.0.0.1:9464',
    ),
  },
  ONBOARDING_MAX_CACHED_WORKFLOWS: {
    meaning: 'onboardings kept in memory; the others are replayed when something happens',
    default: '1000',
    neededBy,
    schema: whole(0, 1_000_000),
  },
  ONBOARDING_ACTIVATE_PATCHES: {
    meaning:
      "changes of the workflow's code to be taken: ids with commas between, `all` or `none`; only once all workers have them",
    default: 'none',
    neededBy,
    schema: patches,
  },
  ONBOARDING_LOG_LEVEL: {
    meaning: 'least level of log lines: `trace`, `debug`, `info`, `warn` or `error`',
    default: 'info',
    neededBy,
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error']),
  },
} as const satisfies Variables;
