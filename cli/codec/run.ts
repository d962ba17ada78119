/** The codec server as a process of its own. */
import { pino } from 'pino';
import { createLogger } from '../../worker/logging.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import { createOutput } from '../output.ts';
import { stopRequest } from '../stop-request.ts';
import { codecSettings, localCodecSettings } from './settings.ts';
import { startCodecHere } from './start.ts';

export interface CodecCommandOptions {
  readonly local?: boolean;
  readonly json?: boolean;
}

/**
 * Runs until a request to stop.
 *
 * @throws EnvironmentError, CommandError
 */
export async function runCodec(options: CodecCommandOptions): Promise<void> {
  const output = createOutput(options);
  const faults: EnvironmentFault[] = [];
  const read = options.local === true ? localCodecSettings : codecSettings;
  const settings = read(process.env, faults);
  if (settings === undefined || faults.length > 0) throw new EnvironmentError(faults);
  const stop = stopRequest();
  const logger = createLogger(settings.logLevel, pino.destination(2));
  const server = await startCodecHere(settings, logger, 'ONBOARDING_CODEC_PORT');
  const { origins, keys } = settings;
  collectGarbage();
  logger.info({ url: server.url, origins, keyIds: keys.map(({ id }) => id) }, 'ready');
  // With `--local` the endpoint holds a secret: it is printed here, and never logged.
  output.result(
    { endpoint: server.endpoint, origins },
    () =>
      `The codec endpoint for Temporal's UI and CLI is ${server.endpoint}\n` +
      `Pages of ${origins.join(' and ')} may call it; Ctrl-C ends it.`,
  );
  await stop;
  await server.close();
  logger.info('stopped');
}
