/** The rules of the chart: an alert that can only be silent or false is not installed. */
import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { z } from 'zod';
import { findPromtool } from '../../../devserver/prometheus.ts';
import { temporaryFolder } from '../../devserver/temporary-folder.ts';
import { argumentsFor, helm, render } from './chart.ts';

const spec = z.object({
  groups: z.array(
    z.looseObject({
      name: z.string(),
      rules: z.array(z.looseObject({ alert: z.string(), expr: z.string() })),
    }),
  ),
});

const RULES = 'metrics.prometheusRule.enabled=true';

async function rulesIn(file: string, typed: readonly string[] = []) {
  const { objects } = await render(file, [], [RULES, ...typed]);
  const found = objects.find(({ kind }) => kind === 'PrometheusRule');
  return spec.parse(found?.spec).groups.flatMap(({ rules }) => rules);
}

async function alertsWith(...typed: readonly string[]): Promise<readonly string[]> {
  return (await rulesIn('own-temporal.yaml', typed)).map(({ alert }) => alert);
}

test('alerts on the exporter or the gateway are left out without them', async () => {
  const all = await alertsWith();
  const without = await alertsWith('exporter.enabled=false', 'gateway.enabled=false');
  expect(all.filter((alert) => !without.includes(alert)).sort()).toEqual([
    ...['AwaitsOperator', 'EventSourceSilent', 'ExporterStale', 'GatewayErrors', 'KeyMissing'],
    ...['ManyStuck', 'NoGateway', 'PollsBehind', 'SignaturesRefused', 'Stuck', 'WebhooksRefused'],
    ...['WebhooksSilent', 'WorkersBehind', 'WritesPaused'],
  ]);
});

test('alerts select the namespace of the release, unless that is turned off', async () => {
  // Helm's own, `default`.
  const ours = await rulesIn('everything.yaml');
  const off = ['metrics.prometheusRule.onlyThisNamespace=false'];
  const all = await rulesIn('everything.yaml', off);
  const series = /\b(?:(?:onboarding|temporal)_\w+|up(?=\{))(\{namespace="default"[,}])?/g;
  for (const [n, { alert, expr }] of ours.entries()) {
    for (const [found, matcher] of expr.matchAll(series))
      expect([alert, found, matcher]).toEqual([alert, found, expect.any(String)]);
    expect(expr.replaceAll(/namespace="default",?/g, '').replaceAll('{}', '')).toBe(all[n]?.expr);
  }
  const path = join(await temporaryFolder(), 'rules.yml');
  await writeFile(path, stringify({ groups: [{ name: 'rendered', rules: ours }] }));
  const promtool = await findPromtool(() => undefined);
  const { stdout } = await promisify(execFile)(promtool, ['check', 'rules', path]);
  expect(stdout).toContain(`SUCCESS: ${ours.length} rules found`);
});

test.each(['prometheusRule', 'serviceMonitor', 'dashboards'])(
  'refused: metrics.%s without metrics',
  async (what) => {
    const without = ['metrics.enabled=false', `metrics.${what}.enabled=true`];
    await expect(render('own-temporal.yaml', [], without)).rejects.toThrow('without metrics');
  },
);

test.each([
  ['rules.yml', RULES],
  ['dashboards', 'metrics.dashboards.enabled=true'],
])('a chart that was packed without its %s is refused', async (missing, setting) => {
  const [chart = '', ...values] = argumentsFor('own-temporal.yaml');
  const copy = join(await temporaryFolder(), 'sender-onboarding');
  await cp(chart, copy, { recursive: true, dereference: true });
  await rm(join(copy, 'observability', missing), { recursive: true });
  const rendered = helm('template', 'trial', copy, ...values, '--set', setting);
  await expect(rendered).rejects.toThrow(`the chart has no observability/${missing}`);
});
