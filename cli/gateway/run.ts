/** The gateway as a process of its own. The environment names its Temporal. */
import { pino } from 'pino';
import { createLogger } from '../../worker/logging.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { namedTemporalServer } from '../worker/place.ts';
import { gatewaySettings } from './settings.ts';
import { startGatewayHere } from './start.ts';

/**
 * Runs until a request to stop, then serves for the grace period, and lets requests in flight end.
 *
 * @throws EnvironmentError, CommandError
 */
export async function runGateway(options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options);
  const faults: EnvironmentFault[] = [];
  const settings = gatewaySettings(process.env, faults);
  const server = namedTemporalServer(faults);
  if (settings === undefined || server === undefined || faults.length > 0) {
    throw new EnvironmentError(faults);
  }
  const stop = stopRequest('stay');
  const logger = createLogger(settings.values.ONBOARDING_LOG_LEVEL, pino.destination(2));
  const gateway = await startGatewayHere({ server, settings, logger });
  const found = {
    url: gateway.url,
    publicUrl: gateway.publicUrl,
    temporal: server.connection.address,
    namespace: server.namespace,
  };
  collectGarbage();
  logger.info(found, 'ready');
  output.result(found, () => `The gateway listens at ${gateway.url}.`);
  await stop;
  const graceS = settings.values.ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S;
  logger.info({ graceS }, 'stopping: not ready any more, serves until the grace period is over');
  await gateway.close(graceS * 1000);
  logger.info('stopped');
}
