import type { Context } from '@opentelemetry/api';
import {
  AlwaysOnSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
  type SamplingResult,
} from '@opentelemetry/sdk-trace-node';

const POLLS_SHARE = 0.01;
/** A call that no message caused: a timer did, as for a look at AR24 or a reminder. */
const ACTIVITY = /^RunActivity:/;

/**
 * Decides for a span that begins a trace. What a person or a partner caused is always traced. Of the calls that a timer
 * caused, nearly all are polls: one in a hundred is traced.
 */
export class CauseSampler implements Sampler {
  readonly #messages = new AlwaysOnSampler();
  readonly #timers = new TraceIdRatioBasedSampler(POLLS_SHARE);

  shouldSample(context: Context, traceId: string, name: string): SamplingResult {
    return ACTIVITY.test(name)
      ? this.#timers.shouldSample(context, traceId)
      : this.#messages.shouldSample();
  }

  toString(): string {
    return `CauseSampler{${POLLS_SHARE}}`;
  }
}
