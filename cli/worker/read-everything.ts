import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { namedTemporalServer, type TemporalServer } from './place.ts';
import { workerSettings, type WorkerSettings } from './settings.ts';

/**
 * What a worker by itself needs: AR24 and Temporal, both named by the environment.
 *
 * @throws EnvironmentError with all that is wrong
 */
export function readEverything(environment: Environment): {
  readonly settings: WorkerSettings;
  readonly server: TemporalServer;
} {
  const faults: EnvironmentFault[] = [];
  const settings = workerSettings(environment, faults);
  const server = namedTemporalServer(faults);
  if (settings === undefined || server === undefined || faults.length > 0) {
    throw new EnvironmentError(faults);
  }
  return { settings, server };
}
