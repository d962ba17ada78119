/** docs/deploying.md makes what the chart's values ask for. */
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { ALL_VARIABLES } from '../../../cli/environment/table.ts';
import { runOnboard } from '../../cli/onboard.ts';
import { blockWith, commandsOf } from '../../docs/blocks.ts';
import { readText } from '../compose-file.ts';
import { VALUES_FILES } from './chart.ts';

const entry = z.looseObject({ key: z.string() });
const sized = z.looseObject({
  resources: z.looseObject({
    requests: z.looseObject({ memory: z.string() }),
    limits: z.looseObject({ memory: z.string() }),
  }),
});
const values = z.looseObject({
  secrets: z.looseObject({}).catchall(z.union([z.string(), z.boolean(), entry])),
  worker: sized,
  gateway: sized,
  codec: sized,
  exporter: sized,
  operator: sized,
});

let page: string;
let defaults: z.output<typeof values>;

beforeAll(async () => {
  page = await readText('docs/deploying.md');
  defaults = values.parse(parse(await readText('deploy/helm/sender-onboarding/values.yaml')));
});

test('the Secret that it makes has each entry that the values need by default', () => {
  const needed = Object.values(defaults.secrets)
    .flatMap((one) => (typeof one === 'object' ? [one.key] : []))
    .filter((key) => key !== '');
  const [install = ''] = /^## Install\n[^]*?kubectl --namespace/m.exec(page) ?? [];
  const made = [...install.matchAll(/(?:keys\/|`)([a-z0-9-]+-(?:keys?|token))\b/g)];
  expect([...new Set(made.map(([, name]) => name))].sort()).toEqual(needed.sort());
});

test.each([
  ['encryption-keys', 'ONBOARDING_ENCRYPTION_KEYS'],
  ['hash-key', 'ONBOARDING_HASH_KEY'],
  ['link-keys', 'ONBOARDING_LINK_KEYS'],
])('the command for %s prints what %s accepts, with nothing around it', async (file, variable) => {
  const commands = commandsOf(await blockWith('docs/deploying.md', 'sh', 'onboard key'));
  const command = commands.find((one) => one.endsWith(` > keys/${file}`)) ?? '';
  const [, words = ''] = /^npx onboard (.*) > /.exec(command) ?? [];
  const { code, out } = await runOnboard(words.split(' '));
  expect([code, ALL_VARIABLES[variable]?.schema.safeParse(out).success]).toEqual([0, true]);
});

test('it lists each values file', () => {
  for (const file of VALUES_FILES) expect(page).toContain(`(../deploy/helm/values/${file})`);
});

test('its table of sizes has the requests and limits of the chart', () => {
  for (const part of ['worker', 'gateway', 'codec', 'exporter', 'operator'] as const) {
    const { requests, limits } = defaults[part].resources;
    const row = page
      .split('\n')
      .find((line) => line.startsWith(`| ${part} `) && line.includes(' Mi '));
    const sizes = [...(row ?? '').matchAll(/(\d+) Mi /g)].map(([, size]) => `${size ?? ''}Mi`);
    expect([part, sizes]).toEqual([part, [requests.memory, limits.memory]]);
  }
});
