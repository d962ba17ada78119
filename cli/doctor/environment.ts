import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import { ENCRYPTION_VARIABLES } from '../environment/encryption-variables.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import {
  RETENTION_VARIABLES,
  SIMULATOR_VARIABLES,
  STATE_VARIABLES,
} from '../environment/machine-variables.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import type { Variables } from '../environment/variable.ts';
import { WORKER_VARIABLES } from '../environment/worker-variables.ts';
import { failed, ok, type Finding } from './finding.ts';

/**
 * Reads all there is, whoever needs it.
 *
 * @param hashKey whether `onboard up` has made one here, so that none need be set
 * @param ofEncryption what is wrong with the keys that are to be used here
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
  ].flatMap((variables) => faultsOf(variables, environment));
  const keySet = (environment['ONBOARDING_HASH_KEY'] ?? '').trim() !== '';
  if (!keySet && hashKey === 'to-be-set') {
    const { neededBy, meaning } = CLIENT_VARIABLES.ONBOARDING_HASH_KEY;
    faults.push(`ONBOARDING_HASH_KEY (for ${neededBy.join(', ')}) is not set: ${meaning}`);
  }
  faults.push(...ofEncryption.map((fault) => told(fault, ENCRYPTION_VARIABLES)));
  if (faults.length === 0) return ok('every variable makes sense');
  return failed(
    `${faults.length} ${faults.length === 1 ? 'variable is' : 'variables are'} not as needed`,
    ...faults,
  );
}

function faultsOf(variables: Variables, environment: Environment): string[] {
  try {
    readEnvironment(variables, environment);
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.faults.map((fault) => told(fault, variables));
  }
}

function told({ name, message }: EnvironmentFault, variables: Variables): string {
  const neededBy = variables[name]?.neededBy.join(', ') ?? '';
  return `${name} (for ${neededBy}) ${message}`;
}
