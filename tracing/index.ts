/**
 * Traces: one for each cause, such as a sign-up, a webhook or a click, over gateway, Temporal, worker and AR24. This
 * folder is loaded only where a collector is set (`OTEL_EXPORTER_OTLP_ENDPOINT`).
 */
import { FastifyOtelInstrumentation } from '@fastify/otel';
import { diag, DiagLogLevel, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
} from '@opentelemetry/sdk-trace-node';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { FastifyPluginCallback } from 'fastify';
import type { Logger } from 'pino';
import { CauseSampler } from './cause-sampler.ts';
import { ImpersonalExporter } from './impersonal-exporter.ts';
import { TraceParentPropagator } from './trace-parent.ts';

export interface TracingSettings {
  /** `service.name` of the traces. */
  readonly service: string;
  /** Of the collector, for OTLP over HTTP, without `/v1/traces`. */
  readonly endpoint: string;
  /** Sent with each export, such as the collector's API key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly logger: Logger;
}

export interface Tracing {
  /** Hand the trace on to Temporal with each start, update and signal. */
  readonly clientInterceptors: readonly WorkflowClientInterceptor[];
  /** Take it over from the workflow for each activity. */
  readonly activityInterceptors: readonly ActivityInterceptorsFactory[];
  /** Begins a trace with each request, or continues the caller's. Has to be registered before the routes. */
  readonly fastifyPlugin: FastifyPluginCallback;
  /** Exports what is left. Takes five seconds at most. */
  stop(): Promise<void>;
}

const EXPORT_WITHIN_MS = 5_000;

export function startTracing({ service, endpoint, headers, logger }: TracingSettings): Tracing {
  diag.setLogger(logged(logger), DiagLogLevel.WARN);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    headers,
    timeoutMillis: EXPORT_WITHIN_MS,
  });
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': service })),
    sampler: new ParentBasedSampler({ root: new CauseSampler() }),
    spanProcessors: [
      new BatchSpanProcessor(new ImpersonalExporter(exporter), {
        exportTimeoutMillis: EXPORT_WITHIN_MS,
      }),
    ],
  });
  provider.register({ propagator: new TraceParentPropagator() });
  const tracer: Tracer = provider.getTracer('sender-onboarding');
  const requests = new FastifyOtelInstrumentation({
    instrumentHooks: false,
    ignorePaths: ({ url }) => /^\/(live|ready)($|\?)/.test(url),
    requestHook: (span, { method, routeOptions }) => {
      span.updateName(`${method} ${routeOptions.url ?? 'no route'}`);
    },
  });
  requests.setTracerProvider(provider);
  return {
    clientInterceptors: [new OpenTelemetryWorkflowClientInterceptor({ tracer })],
    activityInterceptors: [
      (context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context, { tracer }) }),
    ],
    fastifyPlugin: requests.plugin(),
    async stop() {
      await provider.shutdown().catch((error: unknown) => {
        logger.warn({ err: error }, 'the last traces were not exported');
      });
    },
  };
}

/** A collector that cannot be reached costs traces and nothing else. */
function logged(logger: Logger) {
  const warn = (message: string) => {
    logger.warn({ why: message.slice(0, 500) }, 'traces may be lost');
  };
  const drop = () => undefined;
  return { error: warn, warn, info: drop, debug: drop, verbose: drop };
}
