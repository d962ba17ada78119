/** The settings of a gateway, read once: all faults are reported together. */
import { readFileSync } from 'node:fs';
import type { HashKey } from '../../client/index.ts';
import { NotUtf8Error, textIn } from '../../client/schemas/utf8.ts';
import { parseEventSources, type EventSource } from '../../gateway/index.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import { encryptionOf, type Encryption } from '../environment/encryption.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import { GATEWAY_VARIABLES } from '../environment/gateway-variables.ts';
import { readEnvironmentInto, type Environment } from '../environment/read-environment.ts';
import { secretValue } from '../environment/secret-files.ts';
import { TRACING_VARIABLES } from '../environment/tracing-variables.ts';
import type { Values } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';

const { ONBOARDING_LOG_LEVEL } = WORKER_VARIABLES;
const VARIABLES = {
  ...CLIENT_VARIABLES,
  ...GATEWAY_VARIABLES,
  ...TRACING_VARIABLES,
  ONBOARDING_LOG_LEVEL,
};

export interface GatewaySettings {
  readonly values: Values<typeof VARIABLES>;
  readonly hashKey: HashKey;
  readonly encryption: Encryption;
  readonly sources: readonly EventSource[];
}

/** Undefined where a value is missing or invalid. All faults are added to `faults`. */
export function gatewaySettings(
  environment: Environment,
  faults: EnvironmentFault[],
): GatewaySettings | undefined {
  const before = faults.length;
  const encryption = encryptionOf(environment, faults);
  const values = readEnvironmentInto(faults, VARIABLES, environment);
  // The file is checked also where other variables are wrong, so that no fault shows only after the others.
  const file = environment['ONBOARDING_EVENT_SOURCES']?.trim() ?? '';
  const sources = file === '' ? [] : sourcesIn(file, environment, faults);
  if (values === undefined) return undefined;
  const { ONBOARDING_HASH_KEY: hashKey } = values;
  if (hashKey === undefined) {
    const message = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
    faults.push({ name: 'ONBOARDING_HASH_KEY', message });
  }
  const filtered = values.ONBOARDING_AR24_WEBHOOK_ADDRESSES !== undefined;
  if (filtered && values.ONBOARDING_TRUSTED_PROXIES === undefined) {
    const message =
      'must be set with ONBOARDING_AR24_WEBHOOK_ADDRESSES: list your reverse proxies, whose ' +
      'X-Forwarded-For holds the address of the caller';
    faults.push({ name: 'ONBOARDING_TRUSTED_PROXIES', message });
  }
  const lookUpUrl = values.ONBOARDING_COMPANY_LOOKUP_URL;
  if (lookUpUrl?.startsWith('http:') === true && !values.ONBOARDING_COMPANY_LOOKUP_ALLOW_PRIVATE) {
    const message =
      'must be https. Only a service in your own network may be http: set ONBOARDING_COMPANY_LOOKUP_ALLOW_PRIVATE=1 then';
    faults.push({ name: 'ONBOARDING_COMPANY_LOOKUP_URL', message });
  }
  if (hashKey === undefined || encryption === undefined || faults.length > before) {
    return undefined;
  }
  return { values, hashKey, encryption, sources };
}

/** For variables that only the file of sources names. */
function secretsIn(environment: Environment): (variable: string) => string | undefined {
  return (variable) => {
    const set = secretValue(environment, variable);
    if (set.kind === 'fault') throw new TypeError(`${set.fault.name} ${set.fault.message}`);
    return set.kind === 'set' ? set.value : undefined;
  };
}

function sourcesIn(
  file: string,
  environment: Environment,
  faults: EnvironmentFault[],
): readonly EventSource[] {
  try {
    return parseEventSources(textIn(readFileSync(file)), secretsIn(environment));
  } catch (error) {
    const unreadable = error instanceof Error && 'code' in error;
    const message = unreadable
      ? `names a file that cannot be read (${String(error.code)})`
      : error instanceof NotUtf8Error
        ? `names a file that ${error.message}`
        : error instanceof TypeError
          ? `names a file that is invalid:\n${error.message}`
          : undefined;
    if (message === undefined) throw error;
    faults.push({ name: 'ONBOARDING_EVENT_SOURCES', message });
    return [];
  }
}
