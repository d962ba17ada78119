import { environmentFaults, withoutRepeats } from '../environment/all-faults.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { ALL_VARIABLES } from '../environment/table.ts';
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
  const keySet = (environment['ONBOARDING_HASH_KEY'] ?? '').trim() !== '';
  const missing = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
  const needsHashKey = !keySet && hashKey === 'to-be-set';
  const faults = withoutRepeats([
    ...environmentFaults(environment, 'to be set'),
    ...(needsHashKey ? [{ name: 'ONBOARDING_HASH_KEY', message: missing }] : []),
    ...ofEncryption,
  ]).map(faultText);
  if (faults.length === 0) return ok('every variable is valid');
  return failed(
    `${faults.length} ${faults.length === 1 ? 'variable is' : 'variables are'} missing or invalid`,
    ...faults,
  );
}

function faultText({ name, message }: EnvironmentFault): string {
  const neededBy = ALL_VARIABLES[name]?.neededBy.join(', ');
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
