/** Every metric of ours that a page or a rule names exists, with the labels and values by which queries select. */
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MetricDefinition, MetricDefinitions } from '../../metrics/definition.ts';
import { PROCESSES } from './list.ts';
import { matchersIn, QUERIES, selects } from './selectors.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const ALL: MetricDefinitions = Object.assign({}, ...Object.values(PROCESSES)) as MetricDefinitions;
const FILES = [
  'docs',
  'docs/fr',
  'docs/runbooks',
  'deploy/observability',
  'deploy/observability/dashboards',
].flatMap((folder) =>
  readdirSync(PROJECT + folder)
    .filter((name) => /\.(md|yml|json)$/.test(name) && name !== 'openapi.json')
    .map((name) => `${folder}/${name}`),
);

test.each(FILES)('%s', (file) => {
  const text = readFileSync(PROJECT + file, 'utf8');
  const named = [...text.matchAll(/\bonboarding_[a-z0-9_]+/g)].map(([name]) => name);
  expect(named.filter((name) => definitionOf(name) === undefined)).toEqual([]);
});

function definitionOf(name: string): MetricDefinition | undefined {
  const histogram = ALL[name.replace(/_(bucket|sum|count)$/, '')];
  return ALL[name] ?? (histogram?.type === 'histogram' ? histogram : undefined);
}

/** Prometheus adds these. */
const OF_TARGETS: Readonly<Record<string, readonly string[]>> = {
  job: jobs(),
  instance: ['127.0.0.1:9464'],
};
const GRPC = ['NOT_FOUND', 'ALREADY_EXISTS', 'CANCELLED'];
/** Labels of ours whose values a setting or the code names, with values by which queries select. */
const OPEN: Readonly<Record<string, readonly string[]>> = {
  route: ['/ready', '/live'],
  status: ['200', '404', '503'],
  source: ['none'],
};
const ALERTS = QUERIES.map(([name]) => name);
/** The others' own labels. */
const OF_OTHERS: Readonly<Record<string, readonly string[]>> = {
  status_code: GRPC,
  alertname: ALERTS,
  alertstate: ['firing', 'pending'],
  severity: ['page', 'ticket'],
};

test.each(QUERIES)('each matcher of %s can select something', (_, expr) => {
  const written = expr.replaceAll('$host:.+', '127.0.0.1:9464');
  const wrong = matchersIn(written).filter(({ metric, label, values }) => {
    const listed = definitionOf(metric)?.labels[label];
    const ofLabel = listed === undefined || 'from' in listed ? undefined : listed;
    const open = listed === undefined ? OF_OTHERS[label] : OPEN[label];
    const known = ofLabel ?? OF_TARGETS[label] ?? open ?? [];
    return values.some((one) => !known.some((value) => selects(one, value)));
  });
  expect(wrong).toEqual([]);
});

function jobs(): readonly string[] {
  const text = readFileSync(`${PROJECT}deploy/observability/prometheus.yml`, 'utf8');
  return [...text.matchAll(/job_name: (\S+)/g)].map(([, job = '']) => job);
}
