/** The faults of the whole environment, for a program that starts or examines all parts. */
import { randomBytes } from 'node:crypto';
import { createEncryptionKey } from '../../codec/index.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { createApiKey } from '../../gateway/api-keys.ts';
import { codecSettings } from '../codec/settings.ts';
import { gatewaySettings } from '../gateway/settings.ts';
import { temporalServer } from '../worker/place.ts';
import { workerSettings } from '../worker/settings.ts';
import { withKeys } from './encryption.ts';
import type { EnvironmentFault } from './environment-error.ts';
import { AT_THE_SIMULATOR } from './policy.ts';
import { readEnvironmentInto, type Environment } from './read-environment.ts';
import { withDefaults } from './secret-files.ts';
import { ALL_VARIABLES } from './table.ts';

/** Values of required variables that one machine has made, or that a part needs only where it runs by itself. */
function placeholders(): Environment {
  return {
    ONBOARDING_HASH_KEY: `any:${randomBytes(32).toString('base64')}`,
    ONBOARDING_API_KEYS: createApiKey('any', ['read']).written,
    ONBOARDING_LINK_KEYS: createNamedKey('any'),
    ONBOARDING_CODEC_UI_ORIGIN: 'http://127.0.0.1:8233',
    ONBOARDING_CODEC_JWKS_URL: 'https://127.0.0.1/',
    ONBOARDING_CODEC_ISSUER: 'any',
    ONBOARDING_CODEC_AUDIENCE: 'any',
  };
}

const AR24 = {
  ...AT_THE_SIMULATOR,
  AR24_BASE_URL: 'http://127.0.0.1/api/',
  AR24_TOKEN: 'any',
  AR24_PRIVATE_KEY: 'any',
};

/**
 * Every value that is set is checked, of whichever part, and values that exclude each other. Missing keys are no fault
 * here, since they may be made or read elsewhere.
 *
 * @param ar24 `simulator`: AR24's variables need not be set
 * @returns each fault once, without values
 */
export function environmentFaults(
  environment: Environment,
  ar24: 'simulator' | 'to be set',
): readonly EnvironmentFault[] {
  const faults: EnvironmentFault[] = [];
  const optional = Object.fromEntries(
    Object.entries(ALL_VARIABLES).map(([name, one]) => [name, { ...one, required: false }]),
  );
  readEnvironmentInto(faults, optional, environment);
  temporalServer(faults, environment);
  const missing = { ...placeholders(), ...(ar24 === 'simulator' && AR24) };
  const filled = withKeys(withDefaults(environment, missing), createEncryptionKey('any'));
  for (const settings of [workerSettings, gatewaySettings, codecSettings]) {
    settings(filled, faults);
  }
  return withoutRepeats(faults);
}

/** Several parts may read the same variable. */
export function withoutRepeats(faults: readonly EnvironmentFault[]): readonly EnvironmentFault[] {
  const byText = faults.map((fault) => [`${fault.name} ${fault.message}`, fault] as const);
  return [...new Map(byText).values()];
}
