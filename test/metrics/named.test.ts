/** Every metric of ours that a page or a rule names exists. */
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MetricDefinitions } from '../../metrics/definition.ts';
import { PROCESSES } from './list.ts';

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
  const unknown = named.filter((name) => {
    const family = name.replace(/_(bucket|sum|count)$/, '');
    return !(name in ALL) && ALL[family]?.type !== 'histogram';
  });
  expect(unknown).toEqual([]);
});
