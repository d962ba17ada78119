/** Prometheus and Grafana of docker-compose.yml. */
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readComposeFile, readText, type ComposeFile } from './compose-file.ts';

test('Prometheus and Grafana start only with their profile, with the rules and dashboards of the project', async () => {
  const compose = await readComposeFile();
  const { prometheus, grafana } = compose.services;
  const addresses = Object.entries(compose.services).flatMap(metricsOf);
  expect([prometheus?.profiles, grafana?.profiles]).toEqual([['observability'], ['observability']]);
  const provided = await readText('deploy/observability/grafana/dashboards.yml');
  const mounted = (grafana?.volumes ?? []).map((volume) => volume.split(':'));
  expect(provided).toContain(
    `path: ${mounted.find(([from]) => from === './deploy/observability/dashboards')?.[1] ?? 'nowhere'}\n`,
  );
  const source = await readText('deploy/observability/grafana/datasources.yml');
  expect(source).toContain('url: http://prometheus:9090\n');
  const scraped = parse(await readText('deploy/observability/prometheus.yml')) as {
    scrape_configs: { static_configs: { targets: string[] }[] }[];
  };
  const targets = scraped.scrape_configs.flatMap(({ static_configs }) =>
    static_configs.flatMap((config) => config.targets),
  );
  for (const target of targets) expect(addresses).toContain(target);
});

test('without its # the Alertmanager of prometheus.yml is where Prometheus sends alerts', async () => {
  const text = await readText('deploy/observability/prometheus.yml');
  const enabled = parse(text.replaceAll(/^#(?=alerting:| {2})/gm, '')) as { alerting?: unknown };
  expect(enabled.alerting).toEqual({
    alertmanagers: [{ static_configs: [{ targets: ['alertmanager:9093'] }] }],
  });
});

/** Where a service shows its metrics, as Prometheus finds it. */
function metricsOf([name, { environment = {} }]: [
  string,
  ComposeFile['services'][string],
]): readonly string[] {
  return Object.entries(environment).flatMap(([variable, value]) => {
    if (variable === 'ONBOARDING_HEALTH_PORT') return [`${name}:${value}`];
    const isMetrics = /^ONBOARDING_(?:\w+_)?METRICS_ADDRESS$|^ONBOARDING_EXPORTER_ADDRESS$/;
    return isMetrics.test(variable) ? [value.replace('0.0.0.0', name)] : [];
  });
}
