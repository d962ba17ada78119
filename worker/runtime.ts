/** Temporal's native part: one a process, told before anything connects. */
import type { LogLevel as TemporalLevel, LogMetadata } from '@temporalio/common';
import { Runtime, type RuntimeOptions } from '@temporalio/worker';
import type { Logger } from 'pino';

export interface RuntimeSettings {
  readonly logger: Logger;
  /** Where Prometheus reads metrics, `IP:PORT`. Undefined: nowhere. */
  readonly metricsAddress?: string | undefined;
}

/**
 * Has Temporal log through ours and serve its metrics. Signals are left to the caller, who stops
 * things in their order. A connection has to follow, or the process does not end: it is with the
 * last one that Temporal's part ends too.
 *
 * @throws Error where the metrics' address cannot be had
 */
export function installRuntime({ logger, metricsAddress }: RuntimeSettings): void {
  const chatty = logger.isLevelEnabled('debug');
  Runtime.install({
    logger: asTemporalLogger(logger),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: { core: chatty ? 'INFO' : 'WARN', other: 'ERROR' }, forward: {} },
      ...(metricsAddress !== undefined && {
        metrics: { prometheus: { bindAddress: metricsAddress } },
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

/** A task as Temporal sent it, in one long text. */
const TASKS = ['task', 'taskEncoded'];

/**
 * Of what the SDK tells beside its words, what is no more than a word itself, and errors. The rest may
 * hold what senders tell about themselves: at `trace` it logs whole tasks, decrypted.
 */
function tellable(meta: LogMetadata): LogMetadata {
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
      child[LEVELS[level]](tellable(meta), message);
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
