/**
 * Leads senders through the paths of an onboarding, scrapes every process, and holds each series against the list of
 * metrics, both ways. Meanwhile Prometheus scrapes the same processes, and then answers the queries of all dashboards.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { REFUSALS } from '../../gateway/events/signatures/verdict.ts';
import { useRunningSystem } from '../cli/running-system.ts';
import { KEYS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import {
  startPrometheus,
  type RangeSeries,
  type RunningPrometheus,
} from '../support/prometheus.ts';
import { DASHBOARDS, metricsIn, panelsIn, queryOf } from './dashboards.ts';
import { PROCESSES, type ProcessName } from './list.ts';
import { NAMED_VALUES } from './label-values.ts';
import { QUERIES } from './selectors.ts';
import { missingIn, scrape, seriesIn, strangersIn, strangersOfLibraries, sumOf } from './series.ts';
import { leadThroughEveryPath } from './paths.ts';
import { startMeasured, type Measured } from './system.ts';

// As in deploy/temporal/dynamicconfig.yaml.
const here = useRunningSystem({ 'frontend.namespaceRPS.visibility': 100 });
const NAMES = Object.keys(PROCESSES) as readonly ProcessName[];
let measured: Measured;
let exporterReady: number;
let exporterAtFirst: string;
let exporterEnd: number | null;
let texts: Readonly<Record<ProcessName, string>>;
let prometheus: RunningPrometheus | undefined;
let begin: number;

const SCRAPE_S = 1;
const STEP_S = 5;

beforeAll(async () => {
  measured = await startMeasured(here);
  const { worker, gateway, codec, exporter: counts } = measured.metrics;
  begin = Date.now() / 1000;
  prometheus = await startPrometheus(
    {
      'onboarding-worker': [hostOf(worker)],
      'onboarding-worker-process': [hostOf(measured.healthUrl)],
      'onboarding-gateway': [hostOf(gateway)],
      'onboarding-codec': [hostOf(codec)],
      'onboarding-exporter': [hostOf(counts)],
    },
    SCRAPE_S,
  );
  await leadThroughEveryPath(here, measured, async () => {
    // Prometheus counts what comes after the first value that it has seen.
    await eventually(
      'the first sender who is ready in Prometheus',
      () => answers('onboarding_time_to_end_seconds_count{outcome="ready"}'),
      ({ length }) => length > 0,
      120_000,
    );
  });
  const exporter = await measured.startExporter();
  exporterAtFirst = await scrape(measured.metrics.exporter);
  await eventually(
    'all counts read',
    () => scrape(measured.metrics.exporter),
    (text) => (sumOf(text, 'onboarding_exporter_last_success_timestamp_seconds') ?? 0) > 0,
    120_000,
  );
  const ready = await fetch(measured.metrics.exporter.replace('/metrics', '/ready'));
  exporterReady = ready.status;
  const scraped = await Promise.all(
    NAMES.map(async (name) => [name, await scrape(measured.metrics[name])]),
  );
  texts = Object.fromEntries(scraped) as typeof texts;
  await eventually(
    'the counts in Prometheus',
    () => answers('onboarding_exporter_last_success_timestamp_seconds > 0'),
    ({ length }) => length > 0,
    120_000,
  );
  exporter.child.kill('SIGTERM');
  exporterEnd = (await exporter.end).code;
}, 900_000);

afterAll(async () => {
  await prometheus?.stop();
  await measured.partner.close();
});

/** What Prometheus has for a query since the beginning. */
async function answers(query: string): Promise<readonly RangeSeries[]> {
  const range = { start: begin, end: Date.now() / 1000, step: STEP_S };
  return (await prometheus?.queryRange(query, range)) ?? [];
}

function hostOf(url: string): string {
  return new URL(url).host;
}

/** Metrics that this run does not reach. Temporal without TLS has no certificates. */
const UNREACHED: Readonly<Record<ProcessName, readonly string[]>> = {
  worker: [
    // Reminders come days later: test/plan/metrics.test.ts.
    'onboarding_reminders_total',
    // The code has no patch before the first release: test/versioning/activation.test.ts.
    'onboarding_patch_active',
    'onboarding_tls_certificate_expiry_timestamp_seconds',
  ],
  gateway: ['onboarding_tls_certificate_expiry_timestamp_seconds'],
  codec: [],
  exporter: [
    // Only Temporal 1.30 or newer counts failing tasks.
    'onboarding_failing_tasks',
    'onboarding_tls_certificate_expiry_timestamp_seconds',
  ],
};

describe.each(NAMES)('%s', (name) => {
  test('exposes only metrics, labels and values of the list', () => {
    expect(strangersIn(texts[name], PROCESSES[name], NAMED_VALUES)).toEqual([]);
  });

  test("names only code and settings in the labels of the libraries' metrics", () => {
    expect(strangersOfLibraries(texts[name])).toEqual([]);
  });

  test('exposes every metric of the list', () => {
    expect(missingIn(texts[name], PROCESSES[name])).toEqual(UNREACHED[name]);
  });

  test('names no person, and shows its own process', async () => {
    expect(texts[name]).not.toMatch(/example\.org|ref-|Brûlé|Zoé|Lilas|73282932000074|%40/);
    const ofProcess =
      name === 'worker' ? await scrape(`${measured.healthUrl}/metrics`) : texts[name];
    expect(strangersOfLibraries(ofProcess)).toEqual([]);
    expect(sumOf(ofProcess, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(sumOf(ofProcess, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });
});

test.each<readonly [ProcessName, string, Readonly<Record<string, string>>]>([
  ...['api', 'event', 'import', 'command', 'application'].map(
    (door) => ['worker', 'onboarding_started_total', { door }] as const,
  ),
  ...['ready', 'refused', 'expired', 'cancelled'].flatMap((outcome) => [
    ['worker', 'onboarding_ended_total', { outcome }] as const,
    ['worker', 'onboarding_time_to_end_seconds_count', { outcome }] as const,
  ]),
  ...['awaiting-attachment', 'awaiting-registration', 'awaiting-terms', 'ready'].map(
    (status) => ['worker', 'onboarding_status_entered_total', { status }] as const,
  ),
  // The buckets go on beyond the SDK's own, which end at a day.
  ['worker', 'onboarding_time_to_end_seconds_bucket', { outcome: 'ready', le: '5184000' }],
  ['worker', 'onboarding_problems_total', { kind: 'unknown-slug' }],
  ['worker', 'onboarding_problems_ended_total', { kind: 'unknown-slug' }],
  ['worker', 'onboarding_problems_total', { kind: 'credentials' }],
  ['worker', 'onboarding_questions_total', { question: 'whose-account' }],
  ['worker', 'onboarding_ar24_mails_total', { kind: 'access', sent: 'yes' }],
  ['worker', 'onboarding_ar24_mails_total', { kind: 'account', sent: 'yes' }],
  ['worker', 'onboarding_ar24_mails_total', { kind: 'identity', sent: 'yes' }],
  ...['ok', 'refused', 'maintenance', 'unknown-slug', 'credentials'].map(
    (result) => ['worker', 'onboarding_ar24_requests_total', { result }] as const,
  ),
  ['worker', 'onboarding_ar24_requests_total', { slug: 'other', result: 'unknown-slug' }],
  ['worker', 'onboarding_ar24_requests_total', { slug: 'token_invalid' }],
  ['worker', 'onboarding_ar24_circuit_open', { kind: 'credentials' }],
  ['worker', 'onboarding_ar24_call_wait_seconds_count', { work: 'poll' }],
  ['worker', 'onboarding_notifications_total', { result: 'delivered' }],
  ['worker', 'onboarding_notifications_total', { result: 'given-up' }],
  ['worker', 'onboarding_notification_attempts_total', { result: 'refused' }],
  ['worker', 'onboarding_codec_failures_total', { why: 'unknown-key' }],
  ['gateway', 'onboarding_gateway_webhooks_total', { result: 'hinted' }],
  ['gateway', 'onboarding_gateway_webhooks_total', { result: 'unknown' }],
  ['gateway', 'onboarding_gateway_events_total', { source: 'own', result: 'accepted' }],
  ['gateway', 'onboarding_gateway_events_total', { source: 'own', result: 'ignored' }],
  ['gateway', 'onboarding_gateway_events_total', { source: 'own', result: 'unusable' }],
  ['gateway', 'onboarding_gateway_signatures_refused_total', { source: 'own' }],
  ['gateway', 'onboarding_gateway_signatures_refused_total', { source: 'none' }],
  ['gateway', 'onboarding_gateway_mail_budget_refused_total', { door: 'api' }],
  ['gateway', 'onboarding_gateway_page_visits_total', { shows: 'awaiting-registration' }],
  ['gateway', 'onboarding_gateway_page_visits_total', { shows: 'link-unknown' }],
  ['codec', 'onboarding_codec_failures_total', { why: 'unknown-key' }],
  ['codec', 'onboarding_codec_failures_total', { why: 'altered' }],
  ['exporter', 'onboarding_open', { status: 'awaiting-registration' }],
  ['exporter', 'onboarding_open', { status: 'awaiting-operator' }],
  ['exporter', 'onboarding_open_with_question', {}],
  ['exporter', 'onboarding_open_with_problem', { kind: 'credentials', age: 'any' }],
  ['exporter', 'onboarding_open_needing_key', { key: KEYS[0].id }],
  ['exporter', 'onboarding_open_missing_key', {}],
  ['exporter', 'onboarding_failed', {}],
  ['exporter', 'onboarding_workers', {}],
])('%s counts %s %j', (name, metric, labels) => {
  expect(sumOf(texts[name], metric, labels)).toBeGreaterThan(0);
});

test.each(['onboarding_ended_total', 'onboarding_notifications_total'])(
  'a counter of workflows counts on in the series that began at 0: %s',
  (metric) => {
    const series = seriesIn(texts.worker).filter(({ name }) => name === metric);
    const kinds = series.map(({ labels }) => labels['outcome'] ?? labels['result']);
    expect(kinds.sort()).toEqual([...new Set(kinds)]);
    expect(kinds).toHaveLength(4);
  },
);

test("refused signatures of each source begin at 0: Prometheus does not count a series' first value", () => {
  const name = 'onboarding_gateway_signatures_refused_total';
  const ours = seriesIn(texts.gateway).filter((one) => one.name === name);
  const whys = ours
    .filter(({ labels }) => labels['source'] === 'own')
    .map(({ labels }) => labels['why']);
  expect(whys.sort()).toEqual([...REFUSALS].sort());
});

test('the log names the key that a process lacks', () => {
  expect(here.printed()).toMatch(/"why":"unknown-key".*a payload cannot be decrypted/);
});

test('the exporter shows no count before it has read it', () => {
  expect(sumOf(exporterAtFirst, 'onboarding_workers', {})).toBeUndefined();
  expect(sumOf(exporterAtFirst, 'onboarding_ar24_writes_paused', {})).toBeUndefined();
});

test('the exporter is ready once it has read all counts, and ends at SIGTERM', () => {
  expect({ exporterReady, exporterEnd }).toEqual({ exporterReady: 200, exporterEnd: 0 });
});

/** Panels that this run leaves empty, each with the reason. */
const EMPTY: Readonly<Record<string, string>> = {
  'workers: Next certificate ends in': 'Temporal runs without TLS here; the panel then says so',
  'workers: Certificates': 'Temporal runs without TLS here',
  'workers: Patches': 'the code has no patch before the first release',
};

const PANELS = [...DASHBOARDS].flatMap(([name, dashboard]) =>
  panelsIn(dashboard).map((panel) => [`${name}: ${panel.title}`, panel] as const),
);

describe('the dashboards, on these processes', () => {
  // As in a dashboard of the last minutes.
  const RATE_S = 30;
  /** What is drawn while a query has no series. */
  const ZERO_OF = 'vector(0) unless on() ';

  test('no panel is empty, and each of its queries has a number', async () => {
    const end = Date.now() / 1000;
    const empty: string[] = [];
    for (const [name, { targets }] of PANELS) {
      const zeros = targets.filter(({ expr }) => expr.startsWith(ZERO_OF));
      for (const { expr, legendFormat } of targets.filter((one) => !zeros.includes(one))) {
        const zero = zeros.find((one) => one.expr === `${ZERO_OF}(${expr})`);
        const numbers: number[] = [];
        for (const shown of zero ? [expr, zero.expr] : [expr]) {
          const series = await answers(queryOf(shown, Math.ceil(end - begin), RATE_S));
          numbers.push(...series.flatMap(({ values }) => values.map(([, value]) => Number(value))));
        }
        if (!numbers.some(Number.isFinite)) empty.push(`${name}: ${legendFormat}`);
      }
    }
    const expected = PANELS.filter(([name]) => name in EMPTY).flatMap(([name, { targets }]) =>
      targets.map(({ legendFormat }) => `${name}: ${legendFormat}`),
    );
    expect(empty).toEqual(expected);
  });

  test('every metric of a panel or a rule exists in a process, in the list, or in Prometheus itself', async () => {
    const ofProcess = await scrape(`${measured.healthUrl}/metrics`);
    const exposed = [...Object.values(texts), ofProcess].flatMap((text) =>
      seriesIn(text).map(({ name }) => name),
    );
    const known = new Set([
      ...exposed,
      ...Object.values(UNREACHED).flat(),
      ...OF_TROUBLE,
      ...['up', 'ALERTS'],
    ]);
    const unknown = QUERIES.flatMap(([name, expr]) =>
      metricsIn(expr)
        .filter((metric) => !known.has(metric))
        .map((metric) => `${name}: ${metric}`),
    );
    expect(unknown).toEqual([]);
  });
});

/** The SDK exposes these once a workflow has left the cache, and once a long poll has failed. */
const OF_TROUBLE = ['temporal_sticky_cache_miss', 'temporal_long_request_failure'];
