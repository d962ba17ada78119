/** The rules of the chart: an alert that can only be silent or false is not installed. */
import { expect, test } from '@jest/globals';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
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

async function alertsWith(...typed: readonly string[]): Promise<readonly string[]> {
  const { objects } = await render('own-temporal.yaml', [], [RULES, ...typed]);
  const rules = objects.find(({ kind }) => kind === 'PrometheusRule');
  return spec.parse(rules?.spec).groups.flatMap((group) => group.rules.map(({ alert }) => alert));
}

test('alerts on the exporter or the gateway are left out without them', async () => {
  const all = await alertsWith();
  const without = await alertsWith('exporter.enabled=false', 'gateway.enabled=false');
  expect(all.filter((alert) => !without.includes(alert)).sort()).toEqual([
    ...['AwaitsOperator', 'ExporterStale', 'GatewayErrors', 'KeyMissing', 'ManyStuck', 'NoGateway'],
    ...['PollsBehind', 'SignaturesRefused', 'Stuck', 'WebhooksRefused', 'WorkersBehind'],
    'WritesPaused',
  ]);
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
