/** Which causes begin a trace: each request, and one in a hundred of what a timer repeats. */
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace-node';
import { CauseSampler } from '../../tracing/cause-sampler.ts';

const DRAWN = 20_000;

function share(kind: SpanKind, route?: string): number {
  const sampler = new CauseSampler();
  const attributes = route === undefined ? {} : { 'http.route': route };
  const traced = Array.from({ length: DRAWN }, () => {
    const traceId = randomBytes(16).toString('hex');
    return sampler.shouldSample(ROOT_CONTEXT, traceId, 'any', kind, attributes).decision;
  }).filter((decision) => decision === SamplingDecision.RECORD_AND_SAMPLED);
  return traced.length / DRAWN;
}

test('every request is traced', () => {
  expect(share(SpanKind.SERVER, '/onboardings/:reference')).toBe(1);
});

test.each([
  { what: 'polls', kind: SpanKind.INTERNAL, route: undefined },
  { what: 'requests that an open page repeats', kind: SpanKind.SERVER, route: '/s/:token/state' },
])('one in a hundred $what is traced', ({ kind, route }) => {
  const found = share(kind, route);
  // Seven standard deviations.
  expect(found).toBeGreaterThan(0.005);
  expect(found).toBeLessThan(0.015);
});
