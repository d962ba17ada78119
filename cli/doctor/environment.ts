import { environmentFaults, withoutRepeats } from '../environment/all-faults.ts';
import { CLIENT_VARIABLES } from '../environment/client-variables.ts';
import type { EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { isSet, openFiles } from '../environment/secret-files.ts';
import { ALL_VARIABLES, SECRETS } from '../environment/table.ts';
import { failed, ok, warning, type Finding } from './finding.ts';

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
  const missing = `is not set: ${CLIENT_VARIABLES.ONBOARDING_HASH_KEY.meaning}`;
  const needsHashKey = hashKey === 'to-be-set' && !isSet(environment, 'ONBOARDING_HASH_KEY');
  const faults = withoutRepeats([
    ...environmentFaults(environment, 'to be set'),
    ...(needsHashKey ? [{ name: 'ONBOARDING_HASH_KEY', message: missing }] : []),
    ...ofEncryption,
  ]).map(faultText);
  const unread = unreadIn(environment);
  const unreadText = unread.map((name) => `${name} is read by nothing: is the name right?`);
  if (faults.length > 0) {
    const count = `${faults.length} ${faults.length === 1 ? 'variable is' : 'variables are'}`;
    return failed(`${count} missing or invalid`, ...faults, ...unreadText);
  }
  const open = openFiles(environment, SECRETS);
  const warnings = [
    ...(unread.length > 0 ? [`nothing reads ${unread.join(', ')}`] : []),
    ...(open.length > 0
      ? [`every user of this machine may read the files of ${open.join(', ')}`]
      : []),
  ];
  if (warnings.length === 0) return ok('every variable is valid');
  return warning(
    ['every variable is valid', ...warnings].join('; '),
    ...(unread.length > 0 ? ['Compare the names with `onboard help environment`.'] : []),
    ...(open.length > 0 ? ['Let only the user who runs the program read them: `chmod 400`.'] : []),
  );
}

const KNOWN = new Set([...Object.keys(ALL_VARIABLES), ...SECRETS.map((name) => `${name}_FILE`)]);

/** Variables whose names are like ours, such as a mistyped one. A source of events names that of its secrets as it likes. */
function unreadIn(environment: Environment): readonly string[] {
  return Object.keys(environment).filter(
    (name) =>
      /^(ONBOARDING|AR24)_/.test(name) &&
      !/_SECRETS?(_FILE)?$/.test(name) &&
      !KNOWN.has(name) &&
      isSet(environment, name),
  );
}

function faultText({ name, message }: EnvironmentFault): string {
  const neededBy = (
    ALL_VARIABLES[name] ?? ALL_VARIABLES[name.replace(/_FILE$/, '')]
  )?.neededBy.join(', ');
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
