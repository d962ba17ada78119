import type { Context, TextMapGetter, TextMapSetter } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const TRACE_PARENT = 'traceparent';

/**
 * Takes over and hands on only the ids of trace and span. A caller's `tracestate` and `baggage` are text of theirs:
 * they would be stored at Temporal unencrypted, and sent to the collector.
 */
export class TraceParentPropagator extends W3CTraceContextPropagator {
  override extract(context: Context, carrier: unknown, getter: TextMapGetter): Context {
    return super.extract(context, carrier, {
      keys: (from) => getter.keys(from).filter((key) => key === TRACE_PARENT),
      get: (from, key) => (key === TRACE_PARENT ? getter.get(from, key) : undefined),
    });
  }

  override inject(context: Context, carrier: unknown, setter: TextMapSetter): void {
    super.inject(context, carrier, {
      set(to, key, value) {
        if (key === TRACE_PARENT) setter.set(to, key, value);
      },
    });
  }

  override fields(): string[] {
    return [TRACE_PARENT];
  }
}
