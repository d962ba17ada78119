import { SpanKind, type Attributes, type Context } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
  type SamplingResult,
} from '@opentelemetry/sdk-trace-node';

const TIMERS_SHARE = 0.01;
/** An open sender's page asks for its state every 2 to 30 seconds. */
const REPEATED_ROUTE = '/s/:token/state';

/**
 * Decides for a span that begins a trace. A request to the gateway is always traced, unless an open page repeats it.
 * Anything else was caused by a timer, as a poll of AR24: one in a hundred is traced.
 */
export class CauseSampler implements Sampler {
  readonly #requests = new AlwaysOnSampler();
  readonly #timers = new TraceIdRatioBasedSampler(TIMERS_SHARE);

  shouldSample(
    context: Context,
    traceId: string,
    _name: string,
    kind: SpanKind,
    attributes: Attributes,
  ): SamplingResult {
    return kind === SpanKind.SERVER && attributes['http.route'] !== REPEATED_ROUTE
      ? this.#requests.shouldSample()
      : this.#timers.shouldSample(context, traceId);
  }

  toString(): string {
    return `CauseSampler{${TIMERS_SHARE}}`;
  }
}
