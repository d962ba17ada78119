/** Which AR24 is meant: that of the environment, or the simulator of a running `onboard up`. */
import { SIMULATOR_VARIABLES } from '../environment/machine-variables.ts';
import { readEnvironment, type Environment } from '../environment/read-environment.ts';
import type { Running } from '../state-folder/running.ts';

/**
 * The environment as a worker here has it.
 *
 * @throws EnvironmentError where the simulator's own variables make no sense
 */
export function workerEnvironment(
  environment: Environment,
  running: Running | undefined,
): Environment {
  const simulatorUrl = running?.simulatorUrl;
  const isSet = (environment['AR24_BASE_URL'] ?? '').trim() !== '';
  if (isSet || simulatorUrl === undefined || simulatorUrl === null) return environment;
  const { SIMULATOR_TOKEN, SIMULATOR_PRIVATE_KEY } = readEnvironment(
    SIMULATOR_VARIABLES,
    environment,
  );
  return {
    ...environment,
    AR24_BASE_URL: new URL('api/', `${simulatorUrl.replace(/\/$/, '')}/`).href,
    AR24_TOKEN: SIMULATOR_TOKEN,
    AR24_PRIVATE_KEY: SIMULATOR_PRIVATE_KEY,
  };
}
