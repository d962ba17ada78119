import { httpAddress, words } from './value-schemas.ts';
import type { Variables } from './variable.ts';

const neededBy = ['worker', 'gateway'] as const;

/** As OpenTelemetry names them for all programs. */
export const TRACING_VARIABLES = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    meaning:
      'where traces are sent: a collector that takes OTLP over HTTP, such as `http://collector:4318`. Not set: no traces',
    default: null,
    neededBy,
    schema: httpAddress,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    meaning: 'headers for the collector, such as `api-key=…`, separated by commas',
    default: null,
    secret: true,
    neededBy,
    schema: words.transform((written, context) => {
      const headers: Record<string, string> = {};
      for (const one of written.split(',')) {
        const [, name, value] = /^\s*([^\s=]+)\s*=\s*(\S.*?)\s*$/.exec(one) ?? [];
        if (name === undefined || value === undefined) {
          context.addIssue('name=value pairs, separated by commas, are expected');
          return headers;
        }
        headers[name] = value;
      }
      return headers;
    }),
  },
} as const satisfies Variables;
