/** A collector of traces, as its users see it: OTLP over HTTP in, spans out. */
import Fastify from 'fastify';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.number().optional() });
const attributes = z.array(z.object({ key: z.string(), value }));
const exported = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
              name: z.string(),
              attributes,
            }),
          ),
        }),
      ),
    }),
  ),
});

export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly service: string | undefined;
}

export interface Collector {
  readonly url: string;
  readonly spans: () => readonly Span[];
  /** All that was received, as it was written. */
  readonly text: () => string;
  readonly headers: () => readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: Span[] = [];
  const texts: string[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];
  const app = Fastify({ forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.post('/v1/traces', (request) => {
    const text = String(request.body);
    texts.push(text);
    headers.push(request.headers);
    for (const { resource, scopeSpans } of exported.parse(JSON.parse(text)).resourceSpans) {
      const named = resource.attributes.find(({ key }) => key === 'service.name');
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        const { traceId, spanId, parentSpanId, name } = span;
        spans.push({ traceId, spanId, parentSpanId, name, service: named?.value.stringValue });
      }
    }
    return {};
  });
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    url,
    spans: () => spans,
    text: () => texts.join('\n'),
    headers: () => headers,
    stop: () => app.close(),
  };
}
