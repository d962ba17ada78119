/** The metrics of the gateway. No label holds a value that a caller chose. */
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricDefinitions, Recorder } from '../metrics/definition.ts';
import { registryRecorder } from '../metrics/prometheus.ts';
import { STATUSES } from '../workflows/contract/index.ts';
import { REFUSALS } from './events/signatures/verdict.ts';

const SOURCE = { from: 'the names in ONBOARDING_EVENT_SOURCES, and none' } as const;

export const EVENT_RESULTS = ['accepted', 'ignored', 'unusable'] as const;

export const GATEWAY_METRICS = {
  onboarding_gateway_request_seconds: {
    type: 'histogram',
    help: 'How long requests took, by route and status',
    unit: 'seconds',
    labels: {
      method: { from: 'the methods of HTTP' },
      route: { from: "the gateway's routes, and none" },
      status: { from: 'the statuses of HTTP' },
    },
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  onboarding_gateway_webhooks_total: {
    type: 'counter',
    help: "AR24's webhooks that were accepted. hinted: an open onboarding reads AR24; unknown: no open onboarding is this person's",
    unit: 'webhooks',
    labels: { result: ['hinted', 'unknown'] },
  },
  onboarding_gateway_webhooks_refused_total: {
    type: 'counter',
    help: "AR24's webhooks from an address that is not allowed",
    unit: 'webhooks',
    labels: {},
  },
  onboarding_gateway_events_total: {
    type: 'counter',
    help: 'Authentic sign-up events. ignored: of a type that is not configured, or without an address; unusable: a field is missing or invalid',
    unit: 'events',
    labels: { source: SOURCE, result: EVENT_RESULTS },
  },
  onboarding_gateway_signatures_refused_total: {
    type: 'counter',
    help: 'Sign-up events that are not authentic',
    unit: 'events',
    labels: { source: SOURCE, why: REFUSALS },
  },
  onboarding_gateway_mail_budget_refused_total: {
    type: 'counter',
    help: "Mails that were refused, because the address had its day's number",
    unit: 'mails',
    labels: { door: ['api', 'event', 'page'] },
  },
  onboarding_gateway_temporal_unavailable_total: {
    type: 'counter',
    help: 'Uses of Temporal that it did not answer in time, or refused',
    unit: 'uses',
    labels: {},
  },
  onboarding_gateway_streams_open: {
    type: 'gauge',
    help: 'Open streams of events',
    unit: 'streams',
    labels: {},
  },
  onboarding_gateway_page_visits_total: {
    type: 'counter',
    help: "Views of the sender's page, by the status that it shows. link-gone: expired, revoked or erased; link-unknown: not ours; away: Temporal or the workers cannot be used",
    unit: 'views',
    labels: { shows: [...STATUSES, 'link-gone', 'link-unknown', 'away'] },
  },
} as const satisfies MetricDefinitions;

export interface Metrics {
  readonly registry: Registry;
  readonly record: Recorder<typeof GATEWAY_METRICS>;
}

/** @param registry may have other metrics of the process */
export function createMetrics(registry = new Registry()): Metrics {
  collectDefaultMetrics({ register: registry });
  return { registry, record: registryRecorder(registry, GATEWAY_METRICS) };
}

/** Measures every request. */
export const measured = fp((app: FastifyInstance, { record }: Pick<Metrics, 'record'>, done) => {
  app.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, next) => {
    const labels = { method, route: routeOptions.url ?? 'none', status: String(statusCode) };
    record('onboarding_gateway_request_seconds', labels, elapsedTime / 1_000);
    next();
  });
  done();
});
