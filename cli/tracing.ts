/** Traces of a process, if the environment names a collector. */
import type { Logger } from 'pino';
import type { Tracing } from '../tracing/index.ts';
import type { TRACING_VARIABLES } from './environment/tracing-variables.ts';
import type { Values } from './environment/variable.ts';

/** The libraries are loaded only where they are used. */
export async function tracingOf(
  service: string,
  values: Values<typeof TRACING_VARIABLES>,
  logger: Logger,
): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers = {} } =
    values;
  if (endpoint === undefined) return undefined;
  const { startTracing } = await import('../tracing/index.ts');
  return startTracing({ service, endpoint, headers, logger });
}
