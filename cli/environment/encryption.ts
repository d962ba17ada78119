/** The encryption keys of the environment. */
import { readFileSync } from 'node:fs';
import {
  encryptingConverter,
  parseEncryptionKeys,
  plainConverter,
  type CodecObserver,
  type KeyRing,
} from '../../codec/index.ts';
import { ENCRYPTION_VARIABLES } from './encryption-variables.ts';
import type { EnvironmentFault } from './environment-error.ts';
import { readEnvironmentInto, type Environment } from './read-environment.ts';

/** `plaintext`: nothing is encrypted, by an explicit setting. */
export type Encryption = KeyRing | 'plaintext';

const KEYS = 'ONBOARDING_ENCRYPTION_KEYS';
const KEYS_FILE = 'ONBOARDING_ENCRYPTION_KEYS_FILE';
/** Far more than twenty keys. */
const MOST_BYTES = 65_536;

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
  const { [KEYS]: keys, [KEYS_FILE]: file } = values;
  if (keys !== undefined && file !== undefined) {
    faults.push({ name: KEYS_FILE, message: `is set, and so is ${KEYS}: set only one of them` });
    return undefined;
  }
  if (file !== undefined) return keysIn(file, faults);
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
  return Object.keys(ENCRYPTION_VARIABLES).some((name) => (environment[name]?.trim() ?? '') !== '');
}

/** The one-machine mode always encrypts. */
export function encryptedBy(environment: Environment): Environment {
  const { ONBOARDING_ALLOW_PLAINTEXT: _notHere, ...others } = environment;
  return others;
}

/** Adds the stored keys, where the environment names none. */
export function withKeys(environment: Environment, ownKeys: string | undefined): Environment {
  const others = encryptedBy(environment);
  return saysHowToEncrypt(others) ? others : { ...others, ONBOARDING_ENCRYPTION_KEYS: ownKeys };
}

/** For the SDK's client and worker. */
export function converterFor(encryption: Encryption, observer?: CodecObserver) {
  return encryption === 'plaintext' ? plainConverter() : encryptingConverter(encryption, observer);
}

function keysIn(file: string, faults: EnvironmentFault[]): KeyRing | undefined {
  try {
    const written = readFileSync(file, 'utf8');
    if (written.length > MOST_BYTES) throw new TypeError('it is too large to be a list of keys');
    return parseEncryptionKeys(written);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined && !(error instanceof TypeError)) throw error;
    const message =
      error instanceof TypeError
        ? `names a file that is invalid: ${error.message}`
        : `names a file that cannot be read (${code})`;
    faults.push({ name: KEYS_FILE, message });
    return undefined;
  }
}
