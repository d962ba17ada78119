/** All checks of `onboard doctor`, independent of each other's findings. */
import type { Ar24Account } from '../../worker/index.ts';
import { encryptionHere, temporalPlace, type TemporalPlace } from '../connect.ts';
import { AR24_VARIABLES } from '../environment/ar24-variables.ts';
import type { Encryption } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { AT_THE_SIMULATOR } from '../environment/policy.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import { withDefaults, withValues } from '../environment/secret-files.ts';
import { CommandError } from '../failure.ts';
import { readHashKey } from '../state-folder/keys.ts';
import { readRunning, type Running } from '../state-folder/running.ts';
import { ar24AccountOf } from '../worker/ar24-account.ts';
import { checkAllOfAr24, type Ar24Check } from './ar24.ts';
import { checkEnvironment, checkNode } from './environment.ts';
import { failed, skipped, type Finding } from './finding.ts';
import { checkAllOfTemporal, type TemporalCheck } from './temporal-checks.ts';

const { AR24_BASE_URL, AR24_TOKEN } = AR24_VARIABLES;

type CheckName = 'node' | 'environment' | TemporalCheck | Ar24Check;

export interface CheckResult extends Finding {
  readonly check: CheckName;
}

/** @param report is called with each result as soon as it is known */
export async function examine(
  report: (result: CheckResult) => void,
): Promise<readonly CheckResult[]> {
  const all: CheckResult[] = [];
  const add = (check: CheckName, finding: Finding): void => {
    const result = { check, ...finding };
    all.push(result);
    report(result);
  };
  add('node', checkNode(process.version));
  const environment = await environmentHere();
  const place = await placeOrWhyNot();
  const { encryption, faults } = await encryptionOrWhyNot(place);
  add('environment', checkEnvironment(environment, await hashKeyState(place), faults));
  await checkAllOfTemporal(place, encryption, accountIn(environment), add);
  await checkAllOfAr24(environment, add);
  return all;
}

/** Undefined where the check `environment` reports the faults. */
function accountIn(environment: Environment): Ar24Account | undefined {
  try {
    const values = readEnvironment({ AR24_BASE_URL, AR24_TOKEN }, environment);
    // The environment is a copy only if it names the simulator of a running `onboard up`.
    return ar24AccountOf(values, environment !== process.env);
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

async function environmentHere(): Promise<Environment> {
  try {
    return workerEnvironment(process.env, await readRunning());
  } catch (error) {
    // The check of the environment reports it.
    if (error instanceof EnvironmentError) return process.env;
    throw error;
  }
}

async function placeOrWhyNot(): Promise<TemporalPlace | Finding> {
  try {
    return await temporalPlace();
  } catch (error) {
    if (error instanceof EnvironmentError) return skipped('not checked: see environment');
    if (error instanceof CommandError) return failed(error.message);
    throw error;
  }
}

/** The keys, or the faults for the check `environment`. */
async function encryptionOrWhyNot(
  place: TemporalPlace | Finding,
): Promise<{ readonly encryption?: Encryption; readonly faults: readonly EnvironmentFault[] }> {
  const upHere = 'upHere' in place ? place.upHere : undefined;
  try {
    return { encryption: await encryptionHere({ upHere }), faults: [] };
  } catch (error) {
    if (error instanceof EnvironmentError) return { faults: error.faults };
    if (!(error instanceof CommandError)) throw error;
    return { faults: [{ name: 'ONBOARDING_ENCRYPTION_KEYS', message: error.message }] };
  }
}

/** A key that `onboard up` made fits its own Temporal only. */
async function hashKeyState(place: TemporalPlace | Finding): Promise<'made-here' | 'to-be-set'> {
  if ('whose' in place && place.whose === 'another') return 'to-be-set';
  const key = await readHashKey().catch(() => undefined);
  return key === undefined ? 'to-be-set' : 'made-here';
}

/**
 * The environment of a worker on this machine: that of the process, or with the simulator of a running
 * `onboard up`.
 *
 * @throws EnvironmentError where the simulator's own variables are invalid
 */
function workerEnvironment(environment: Environment, running: Running | undefined): Environment {
  const simulatorUrl = running?.simulatorUrl;
  const isSet = (environment['AR24_BASE_URL'] ?? '').trim() !== '';
  if (isSet || simulatorUrl === undefined || simulatorUrl === null) return environment;
  const { SIMULATOR_TOKEN, SIMULATOR_PRIVATE_KEY } = readEnvironment(
    SIMULATOR_VARIABLES,
    environment,
  );
  return withValues(withDefaults(environment, AT_THE_SIMULATOR), {
    AR24_BASE_URL: new URL('api/', `${simulatorUrl.replace(/\/$/, '')}/`).href,
    AR24_TOKEN: SIMULATOR_TOKEN,
    AR24_PRIVATE_KEY: SIMULATOR_PRIVATE_KEY,
  });
}
