import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-node';

/** All that a span may say. URLs hold links to the sender's page, and errors may hold anything. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'ar24.result',
  'ar24.slug',
  'fastify.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'run_id',
  'temporalActivityId',
  'temporalUpdateId',
  'temporalWorkflowId',
]);

/** Exports of each span the listed attributes, and of an error only that there was one. */
export class ImpersonalExporter implements SpanExporter {
  readonly #exporter: SpanExporter;

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  export(spans: ReadableSpan[], done: Parameters<SpanExporter['export']>[1]): void {
    this.#exporter.export(spans.map(impersonal), done);
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

function impersonal(span: ReadableSpan): ReadableSpan {
  // The span has methods and getters on its prototype.
  return Object.create(span, {
    attributes: { value: allowed(span.attributes) },
    events: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

function allowed(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => ATTRIBUTES.has(name)));
}
