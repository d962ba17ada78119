/** Metrics through prom-client, for the processes without a runtime of Temporal's SDK. */
import fastify from 'fastify';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { beginAtZero, type MetricDefinitions, type Recorder } from './definition.ts';

/** Creates the metrics in the registry. @returns counts one where no value is given */
export function registryRecorder<D extends MetricDefinitions>(
  registry: Registry,
  definitions: D,
): Recorder<D> {
  const made = new Map(
    Object.entries(definitions).map(([name, { type, help, labels, buckets = [] }]) => {
      const options = { name, help, labelNames: Object.keys(labels), registers: [registry] };
      switch (type) {
        case 'counter': {
          const counter = new Counter(options);
          return [name, counter.inc.bind(counter)] as const;
        }
        case 'gauge': {
          const gauge = new Gauge(options);
          return [name, gauge.set.bind(gauge)] as const;
        }
        case 'histogram': {
          const histogram = new Histogram({ ...options, buckets: [...buckets] });
          return [name, histogram.observe.bind(histogram)] as const;
        }
      }
    }),
  );
  const record = (name: string, labels: Readonly<Record<string, string>>, value = 1) => {
    made.get(name)?.({ ...labels }, value);
  };
  beginAtZero(record, definitions);
  return record;
}

export interface MetricsServer {
  /** The address that it listens at. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the metrics at an address of their own, so that the internet cannot read them.
 *
 * @param isReady with it, the probes `GET /live` and `GET /ready` are served too
 * @throws the system's error if the address cannot be used
 */
export async function serveMetrics(
  registry: Registry,
  listen: { readonly host: string; readonly port: number },
  isReady?: () => boolean,
): Promise<MetricsServer> {
  const app = fastify({ forceCloseConnections: true });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  if (isReady !== undefined) {
    app.get('/live', () => ({ live: true }));
    app.get('/ready', (_request, reply) => {
      const ready = isReady();
      return reply.code(ready ? 200 : 503).send({ ready });
    });
  }
  const url = await app.listen(listen);
  return { url, close: () => app.close() };
}
