/** Starts a codec server in this process. */
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import {
  CODEC_SERVER_METRICS,
  startCodecServer,
  type CodecServer,
} from '../../codec/server/index.ts';
import { BUILD_METRICS } from '../../metrics/process.ts';
import { registryRecorder, serveMetrics, type MetricsServer } from '../../metrics/prometheus.ts';
import { CommandError } from '../failure.ts';
import { showBuild } from '../process-metrics.ts';
import type { CodecSettings } from './settings.ts';

/** @throws CommandError where the address cannot be used */
export async function startCodecHere(
  settings: CodecSettings,
  logger: Logger,
  portOption: string,
): Promise<CodecServer> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const record = registryRecorder(registry, CODEC_SERVER_METRICS);
  showBuild(registryRecorder(registry, BUILD_METRICS));
  let metrics: MetricsServer | undefined;
  try {
    const { metricsAddress } = settings;
    metrics = metricsAddress && (await serveMetrics(registry, metricsAddress));
    const server = await startCodecServer({ ...settings, logger, record });
    return {
      ...server,
      async close() {
        await server.close();
        await metrics?.close();
      },
    };
  } catch (error) {
    await metrics?.close();
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw new CommandError(
      `the codec server cannot listen (${error.message}). Stop the program that has the port, or ` +
        `choose another with ${portOption}.`,
    );
  }
}
