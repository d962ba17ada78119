import { z } from 'zod';
import { list, oneOf, patches, port, whole, words, yesOrNo } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker'] as const;

/** The form of Standard Webhooks. */
const signingSecret = z.string().refine((secret) => {
  const [, base64 = ''] = /^whsec_(.+)$/.exec(secret) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 && bytes.length >= 24 && bytes.length <= 64;
}, 'whsec_ and base64 of 24 to 64 bytes are expected');

/** `onboard worker`: the partner's agreement with AR24, and the process itself. */
export const WORKER_VARIABLES = {
  ONBOARDING_TERMS_MAIL: {
    meaning:
      '`automatic`: AR24 mails its terms when an account is created, and we request the mail only as a reminder; `request`: we request the mail at once',
    default: 'automatic',
    neededBy,
    schema: oneOf(['request', 'automatic']),
  },
  ONBOARDING_PREACCEPTED_TERMS: {
    meaning:
      '1: AR24 allows your token to create accounts whose terms are already accepted, if you send the evidence',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_PRECONFIRMED_EMAIL: {
    meaning:
      '1: AR24 allows your token to create accounts whose address is already confirmed, if you vouch for it',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_PAYMENT_REQUEST: {
    meaning:
      "how a person is asked for a payment method: AR24 sends a `mail`, or returns a `link` that is shown on the sender's page",
    default: 'mail',
    neededBy,
    schema: oneOf(['mail', 'link']),
  },
  ONBOARDING_NOTIFY_SECRETS: {
    meaning:
      'required with ONBOARDING_NOTIFY_URL: secrets that sign notifications, `whsec_` and base64 of 24 to 64 bytes. While you change a secret set both, separated by a comma: each signs',
    default: null,
    secret: true,
    neededBy,
    schema: list.pipe(z.array(signingSecret)),
  },
  ONBOARDING_NOTIFY_ALLOW_PRIVATE: {
    meaning: '1: allow notifications to private networks, to this machine and without TLS',
    default: '0',
    neededBy,
    schema: yesOrNo,
  },
  ONBOARDING_SHUTDOWN_GRACE_S: {
    meaning: 'seconds after SIGTERM in which calls in flight may finish',
    default: '20',
    neededBy,
    schema: whole(0, 3_600),
  },
  ONBOARDING_HEALTH_PORT: {
    meaning: 'port of the health checks `GET /live` and `GET /ready`; 0: any free port',
    default: '8090',
    neededBy,
    schema: port,
  },
  ONBOARDING_METRICS_ADDRESS: {
    meaning:
      "address on which Prometheus reads the worker's metrics, such as `0.0.0.0:9464`; memory and event loop of the process are then at `GET /metrics` of ONBOARDING_HEALTH_PORT; not set: no metrics",
    default: null,
    neededBy,
    schema: words.regex(
      /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:]+\]):\d{1,5}$/i,
      'IP:PORT is expected, such as 127.0.0.1:9464',
    ),
  },
  ONBOARDING_MAX_CACHED_WORKFLOWS: {
    meaning:
      'onboardings that a worker keeps in memory; it replays the others when something happens to them',
    default: '1000',
    neededBy,
    schema: whole(0, 1_000_000),
  },
  ONBOARDING_ACTIVATE_PATCHES: {
    meaning:
      "changes of the workflow's code to activate: their ids, separated by commas, `all` or `none`. Set it only when all workers have the new code (docs/changing-workflows.md)",
    default: 'none',
    neededBy,
    schema: patches,
  },
  TEMPORAL_DEPLOYMENT_NAME: {
    meaning:
      "name of the workers in Temporal's Worker Versioning, the same for all builds, such as `sender-onboarding`; together with TEMPORAL_WORKER_BUILD_ID. Not set: the workers have no version (docs/deploying.md)",
    default: null,
    neededBy,
    schema: words.regex(
      /^(?!__)[\w-]{1,100}$/,
      'letters, digits, - and _ are expected, with no __ at the beginning',
    ),
  },
  TEMPORAL_WORKER_BUILD_ID: {
    meaning:
      'build of this worker, such as its image tag. Temporal sends it no onboardings before you make it current: `temporal worker deployment set-current-version`',
    default: null,
    neededBy,
    schema: words.regex(
      /^(?!__)[\w.+-]{1,100}$/,
      'letters, digits, and . + - _ are expected, with no __ at the beginning',
    ),
  },
  TEMPORAL_VERSIONING_BEHAVIOR: {
    meaning:
      '`auto-upgrade`: an onboarding goes on with the build that is current by then, so that a breaking change needs a patch; `pinned`: it stays with its build until it wakes, and then continues as new with the current one (Temporal 1.32 or newer)',
    default: 'auto-upgrade',
    neededBy,
    schema: oneOf(['auto-upgrade', 'pinned']),
  },
  ONBOARDING_LOG_LEVEL: {
    meaning: 'least important level that is logged: `trace`, `debug`, `info`, `warn` or `error`',
    default: 'info',
    neededBy: ['worker', 'gateway', 'codec', 'exporter'],
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error']),
  },
} as const satisfies Variables;
