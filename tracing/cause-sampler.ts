import { SpanKind, type Context } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
  type SamplingResult,
} from '@opentelemetry/sdk-trace-node';

const TIMERS_SHARE = 0.01;

/**
 * Decides for a span that begins a trace. A request to the gateway is always traced. Anything else was caused by a timer,
 * as a poll of AR24 or a look at Temporal for an open page: one in a hundred is traced.
 */
export class CauseSampler implements Sampler {
  readonly #requests = new AlwaysOnSampler();
  readonly #timers = new TraceIdRatioBasedSampler(TIMERS_SHARE);

  shouldSample(context: Context, traceId: string, _name: string, kind: SpanKind): SamplingResult {
    return kind === SpanKind.SERVER
      ? this.#requests.shouldSample()
      : this.#timers.shouldSample(context, traceId);
  }

  toString(): string {
    return `CauseSampler{${TIMERS_SHARE}}`;
  }
}
