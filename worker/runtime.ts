/** Temporal's native runtime: one per process, installed before the first connection. */
import type { LogLevel as TemporalLevel, LogMetadata } from '@temporalio/common';
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { histogramBuckets } from './metrics.ts';

export interface RuntimeSettings {
  readonly logger: Logger;
  /** `IP:PORT` of the endpoint for Prometheus. Undefined: no metrics. */
  readonly metricsAddress?: string | undefined;
}

/**
 * Routes Temporal's logs to our logger, and serves its metrics. The caller handles signals, because it stops the
 * parts in order. A connection has to follow: the runtime ends only with the last connection, and without
 * one the process would not exit.
 *
 * @throws Error if the address for metrics is not available
 */
export function installRuntime({ logger, metricsAddress }: RuntimeSettings): void {
  const chatty = logger.isLevelEnabled('debug');
  Runtime.install({
    logger: asTemporalLogger(logger),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: { core: chatty ? 'INFO' : 'WARN', other: 'ERROR' }, forward: {} },
      ...(metricsAddress !== undefined && {
        metrics: {
          prometheus: {
            bindAddress: metricsAddress,
            histogramBucketOverrides: histogramBuckets(),
          },
        },
      }),
    },
  });
}

const LEVELS = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
} as const satisfies Readonly<Record<TemporalLevel, string>>;

/** Fields with a whole task in one text. */
const TASKS = ['task', 'taskEncoded'];

/**
 * Keeps scalars and errors of the SDK's log metadata. Objects may hold personal data: at `trace` the SDK logs whole
 * tasks, decrypted.
 */
function withoutObjects(meta: LogMetadata): LogMetadata {
  return Object.fromEntries(
    Object.entries(meta).filter(
      ([name, value]: [string, unknown]) =>
        !TASKS.includes(name) && (typeof value !== 'object' || value instanceof Error),
    ),
  );
}

function asTemporalLogger(logger: Logger): NonNullable<RuntimeOptions['logger']> {
  const child = logger.child({ from: 'temporal' });
  const at =
    (level: TemporalLevel) =>
    (message: string, meta: LogMetadata = {}): void => {
      child[LEVELS[level]](withoutObjects(meta), message);
    };
  return {
    log: (level, message, meta) => {
      at(level)(message, meta);
    },
    trace: at('TRACE'),
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
  };
}
