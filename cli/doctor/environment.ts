import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import { ENCRYPTION_VARIABLES } from '../environment/encryption-variables.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import {
  RETENTION_VARIABLES,
  SIMULATOR_VARIABLES,
  STATE_VARIABLES,
} from '../environment/machine-variables.ts';
import { POLICY_VARIABLES } from '../environment/policy-variables.ts';
import { policyOf } from '../environment/policy.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import { temporalConfig } from '../environment/temporal-config.ts';
import { TEMPORAL_VARIABLES } from '../environment/temporal-variables.ts';
import type { Variables } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { RECEIVER_VARIABLES, validateReceiver } from '../worker/settings.ts';
import { failed, ok, type Finding } from './finding.ts';

/**
 * Checks the variables of all parts.
 *
 * @param hashKey whether `onboard up` has made one here, so that none need be set
 * @param ofEncryption the faults of the encryption keys
 */
export function checkEnvironment(
  environment: Environment,
  hashKey: 'made-here' | 'to-be-set',
  ofEncryption: readonly EnvironmentFault[],
): Finding {
  const faults = [
    AR24_VARIABLES,
    WORKER_VARIABLES,
    CLIENT_VARIABLES,
    RETENTION_VARIABLES,
    STATE_VARIABLES,
    SIMULATOR_VARIABLES,
  ].flatMap((variables) => faultsOf(variables, () => readEnvironment(variables, environment)));
  faults.push(
    ...faultsOf(POLICY_VARIABLES, () => policyOf(readEnvironment(POLICY_VARIABLES, environment))),
    ...faultsOf(TEMPORAL_VARIABLES, () => temporalConfig({ ...environment })),
  );
  const ofReceiver: EnvironmentFault[] = [];
  validateReceiver(environment, ofReceiver);
  faults.push(...ofReceiver.map((fault) => faultText(fault, RECEIVER_VARIABLES)));
  const keySet = (environment['ONBOARDING_HASH_KEY'] ?? '').trim() !== '';
  if (!keySet && hashKey === 'to-be-set') {
    const { neededBy, meaning } = CLIENT_VARIABLES.ONBOARDING_HASH_KEY;
    faults.push(`ONBOARDING_HASH_KEY (for ${neededBy.join(', ')}) is not set: ${meaning}`);
  }
  faults.push(...ofEncryption.map((fault) => faultText(fault, ENCRYPTION_VARIABLES)));
  if (faults.length === 0) return ok('every variable is valid');
  return failed(
    `${faults.length} ${faults.length === 1 ? 'variable is' : 'variables are'} missing or invalid`,
    ...faults,
  );
}

function faultsOf(variables: Variables, read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.faults.map((fault) => faultText(fault, variables));
  }
}

function faultText({ name, message }: EnvironmentFault, variables: Variables): string {
  const neededBy = variables[name]?.neededBy.join(', ');
  return neededBy === undefined ? `${name} ${message}` : `${name} (for ${neededBy}) ${message}`;
}

/** As in `package.json` (engines): from this version on Node runs TypeScript. */
const NEEDED = [22, 18] as const;

/** @param version such as `v24.21.0` */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace('v', '').split('.').map(Number);
  const [neededMajor, neededMinor] = NEEDED;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) {
    return ok(`Node ${version}`);
  }
  return failed(
    `Node ${version} is too old: ${NEEDED.join('.')} or newer is needed`,
    'In a clone, run `npm ci` and use `npm start` or `npx onboard`: they bring Node 24 along.',
    'Elsewhere, install Node 24 from https://nodejs.org.',
  );
}
