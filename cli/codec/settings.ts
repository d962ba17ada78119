/** The settings of a codec server, read once: all faults are reported together. */
import { randomBytes } from 'node:crypto';
import type { KeyRing } from '../../codec/index.ts';
import type { Admission } from '../../codec/server/index.ts';
import { CODEC_VARIABLES } from '../environment/codec-variables.ts';
import { encryptionOf, type Encryption } from '../environment/encryption.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';

const { ONBOARDING_LOG_LEVEL } = WORKER_VARIABLES;
const { ONBOARDING_CODEC_PORT, ONBOARDING_CODEC_UI_ORIGIN, ONBOARDING_CODEC_METRICS_ADDRESS } =
  CODEC_VARIABLES;

/** Of the UI of Temporal's development server. */
const UI_HERE = 'http://127.0.0.1:8233,http://localhost:8233';

/** Without an identity provider: for a person who has the keys, on their own machine. */
const LOCAL_VARIABLES = {
  ONBOARDING_LOG_LEVEL,
  ONBOARDING_CODEC_PORT,
  ONBOARDING_CODEC_METRICS_ADDRESS,
  ONBOARDING_CODEC_UI_ORIGIN: {
    ...ONBOARDING_CODEC_UI_ORIGIN,
    required: false,
    default: UI_HERE,
  },
} as const;

export interface CodecSettings {
  readonly keys: KeyRing;
  readonly host: string;
  readonly port: number;
  readonly origins: readonly string[];
  readonly admission: Admission;
  readonly metricsAddress: Values<typeof LOCAL_VARIABLES>['ONBOARDING_CODEC_METRICS_ADDRESS'];
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
}

/** Undefined where a value is missing or invalid. All faults are added to `faults`. */
export function codecSettings(
  environment: Environment,
  faults: EnvironmentFault[],
): CodecSettings | undefined {
  const keys = keysOf(encryptionOf(environment, faults), faults);
  const values = readEnvironmentInto(
    faults,
    { ...CODEC_VARIABLES, ONBOARDING_LOG_LEVEL },
    environment,
  );
  if (keys === undefined || values === undefined) return undefined;
  return {
    keys,
    host: values.ONBOARDING_CODEC_HOST,
    port: values.ONBOARDING_CODEC_PORT,
    origins: values.ONBOARDING_CODEC_UI_ORIGIN,
    admission: {
      kind: 'token',
      jwksUrl: values.ONBOARDING_CODEC_JWKS_URL,
      issuer: values.ONBOARDING_CODEC_ISSUER,
      audience: values.ONBOARDING_CODEC_AUDIENCE,
      namespace: values.ONBOARDING_CODEC_NAMESPACE,
    },
    metricsAddress: values.ONBOARDING_CODEC_METRICS_ADDRESS,
    logLevel: values.ONBOARDING_LOG_LEVEL,
  };
}

/** The same for loopback without log-in: the path is a secret, new at each start. */
export function localCodecSettings(
  environment: Environment,
  faults: EnvironmentFault[],
): CodecSettings | undefined {
  const keys = keysOf(encryptionOf(environment, faults), faults);
  const values = readEnvironmentInto(faults, LOCAL_VARIABLES, environment);
  if (keys === undefined || values === undefined) return undefined;
  return {
    keys,
    host: '127.0.0.1',
    port: values.ONBOARDING_CODEC_PORT,
    origins: values.ONBOARDING_CODEC_UI_ORIGIN,
    admission: { kind: 'secret-path', secret: newSecret() },
    metricsAddress: values.ONBOARDING_CODEC_METRICS_ADDRESS,
    logLevel: values.ONBOARDING_LOG_LEVEL,
  };
}

function keysOf(
  encryption: Encryption | undefined,
  faults: EnvironmentFault[],
): KeyRing | undefined {
  if (encryption !== 'plaintext') return encryption;
  const message =
    'is 1, and there are no keys: nothing is encrypted, so there is nothing to decode';
  faults.push({ name: 'ONBOARDING_ALLOW_PLAINTEXT', message });
  return undefined;
}

const SECRET_BYTES = 32;

/** A part of a path that cannot be guessed. */
function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}
