/** The encryption keys of the environment. */
import {
  encryptingConverter,
  plainConverter,
  type CodecObserver,
  type KeyRing,
} from '../../codec/index.ts';
import { ENCRYPTION_VARIABLES } from './encryption-variables.ts';
import type { EnvironmentFault } from './environment-error.ts';
import { readEnvironmentInto, type Environment } from './read-environment.ts';
import { isSet, withDefaults } from './secret-files.ts';

/** `plaintext`: nothing is encrypted, by an explicit setting. */
export type Encryption = KeyRing | 'plaintext';

const KEYS = 'ONBOARDING_ENCRYPTION_KEYS';

/**
 * The keys; without keys `plaintext`, where that is allowed.
 *
 * @returns undefined where there are none or they are invalid: the faults are added to `faults`, without values
 */
export function encryptionOf(
  environment: Environment,
  faults: EnvironmentFault[],
): Encryption | undefined {
  const values = readEnvironmentInto(faults, ENCRYPTION_VARIABLES, environment);
  if (values === undefined) return undefined;
  const { [KEYS]: keys } = values;
  if (keys !== undefined) return keys;
  if (values.ONBOARDING_ALLOW_PLAINTEXT) return 'plaintext';
  faults.push({
    name: KEYS,
    message:
      'is not set: the keys that encrypt the data of senders, the same for worker, ' +
      'gateway and commands. `onboard key encryption` makes one. If all who can read Temporal ' +
      'may read that data, set ONBOARDING_ALLOW_PLAINTEXT=1 instead',
  });
  return undefined;
}

/** Whether the environment has any of these variables. */
export function saysHowToEncrypt(environment: Environment): boolean {
  return Object.keys(ENCRYPTION_VARIABLES).some((name) => isSet(environment, name));
}

/** The one-machine mode always encrypts. */
export function encryptedBy(environment: Environment): Environment {
  const { ONBOARDING_ALLOW_PLAINTEXT: _notHere, ...others } = environment;
  return others;
}

/** Adds the stored keys, where the environment names none. */
export function withKeys(environment: Environment, ownKeys: string | undefined): Environment {
  return withDefaults(encryptedBy(environment), { [KEYS]: ownKeys });
}

/** For the SDK's client and worker. */
export function converterFor(encryption: Encryption, observer?: CodecObserver) {
  return encryption === 'plaintext'
    ? plainConverter(observer)
    : encryptingConverter(encryption, observer);
}
