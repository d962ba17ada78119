/** All that a gateway is told, read once: what is wrong is told together. */
import { readFileSync } from 'node:fs';
import type { HashKey, Policy } from '../../client/index.ts';
import { parseEventSources, type EventSource } from '../../gateway/index.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import { encryptionOf, type Encryption } from '../environment/encryption.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { policyOf } from '../environment/policy.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';

const { ONBOARDING_LOG_LEVEL } = WORKER_VARIABLES;
const VARIABLES = { ...CLIENT_VARIABLES, ...GATEWAY_VARIABLES, ONBOARDING_LOG_LEVEL };

export interface GatewaySettings {
  readonly values: Values<typeof VARIABLES>;
  readonly hashKey: HashKey;
  readonly encryption: Encryption;
  readonly policy: Policy;
  readonly sources: readonly EventSource[];
}

/** Undefined where a value is missing or makes no sense. All that is wrong is added to `faults`. */
export function gatewaySettings(
  environment: Environment,
  faults: EnvironmentFault[],
): GatewaySettings | undefined {
  const before = faults.length;
  const encryption = encryptionOf(environment, faults);
  const values = readEnvironmentInto(faults, VARIABLES, environment);
  if (values === undefined) return undefined;
  const { ONBOARDING_HASH_KEY: hashKey, ONBOARDING_EVENT_SOURCES: file } = values;
  if (hashKey === undefined) {
    const message = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
    faults.push({ name: 'ONBOARDING_HASH_KEY', message });
  }
  const filtered = values.ONBOARDING_AR24_WEBHOOK_ADDRESSES !== undefined;
  if (filtered && values.ONBOARDING_TRUSTED_PROXIES === undefined) {
    const message =
      'is not set, and ONBOARDING_AR24_WEBHOOK_ADDRESSES is: whose word on where a call comes from ' +
      'is to be believed?';
    faults.push({ name: 'ONBOARDING_TRUSTED_PROXIES', message });
  }
  const sources = file === undefined ? [] : sourcesIn(file, environment, faults);
  if (hashKey === undefined || encryption === undefined || faults.length > before) {
    return undefined;
  }
  return { values, hashKey, encryption, policy: policyOf(values), sources };
}

function sourcesIn(
  file: string,
  environment: Environment,
  faults: EnvironmentFault[],
): readonly EventSource[] {
  try {
    return parseEventSources(readFileSync(file, 'utf8'), environment);
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error;
    const message = unreadable
      ? `names a file that cannot be read (${String(error.code)})`
      : error instanceof TypeError
        ? `names a file that makes no sense:\n${error.message}`
        : undefined;
    if (message === undefined) throw error;
    faults.push({ name: 'ONBOARDING_EVENT_SOURCES', message });
    return [];
  }
}
