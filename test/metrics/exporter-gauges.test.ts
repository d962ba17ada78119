/** What the exporter shows of its rounds. */
import { expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { exporterGauges, LAST_SUCCESS, type Gauges } from '../../cli/exporter/gauges.ts';
import { seriesIn } from './series.ts';

const NOW_S = 1_800_000_000;
const round = (...more: Parameters<Gauges['show']>[0]): Parameters<Gauges['show']>[0] => [
  [LAST_SUCCESS, {}, NOW_S],
  ...more,
];

async function shown(registry: Registry): Promise<readonly string[]> {
  return seriesIn(await registry.metrics()).map(
    ({ name, labels, value }) => `${name} ${Object.values(labels).join()} ${value}`,
  );
}

test('before the first round nothing is shown, not even 0', async () => {
  const registry = new Registry();
  exporterGauges(registry);
  expect(await shown(registry)).toEqual([]);
});

test('what a round has not recorded, such as a key that is gone or an unknown backlog, is shown no more', async () => {
  const registry = new Registry();
  const gauges = exporterGauges(registry);
  gauges.show(
    round(
      ['onboarding_open_needing_key', { key: 'old' }, 1],
      ['onboarding_open_needing_key', { key: 'new' }, 2],
      ['onboarding_oldest_task_seconds', {}, 4_000],
      ['onboarding_workers', {}, 2],
    ),
  );
  gauges.show(
    round(['onboarding_open_needing_key', { key: 'new' }, 3], ['onboarding_workers', {}, 0]),
  );
  expect(await shown(registry)).toEqual([
    'onboarding_open_needing_key new 3',
    'onboarding_workers  0',
    `${LAST_SUCCESS}  ${NOW_S}`,
  ]);
});

test('numbers are removed after some time without another round, and the time of the last one stays', async () => {
  const registry = new Registry();
  const gauges = exporterGauges(registry, 300);
  gauges.show(round(['onboarding_workers', {}, 1]));
  await pause(200);
  gauges.show(round(['onboarding_workers', {}, 2]));
  await pause(200);
  expect(await shown(registry)).toContain('onboarding_workers  2');
  await pause(300);
  expect(await shown(registry)).toEqual([`${LAST_SUCCESS}  ${NOW_S}`]);
});
