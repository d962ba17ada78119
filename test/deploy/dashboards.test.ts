/** The dashboards are what their code says, and say what the alerts say. test/metrics/ has them on running processes. */
import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { DASHBOARDS as WRITTEN } from '../../deploy/observability/code/all.ts';
import { findPromtool } from '../../devserver/prometheus.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { DASHBOARDS, metricsIn, panelsIn, queryOf, type Panel } from '../metrics/dashboards.ts';
import { PROJECT, readText } from './compose-file.ts';

const FOLDER = 'deploy/observability';

test('the files are those that `npm run dashboards` writes', async () => {
  const files = await readdir(join(PROJECT, FOLDER, 'dashboards'));
  expect(files.sort()).toEqual([...WRITTEN.keys()].sort());
  for (const [file, json] of WRITTEN) {
    expect(await readText(`${FOLDER}/dashboards/${file}`)).toBe(json);
  }
});

describe.each([...DASHBOARDS])('%s', (_name, dashboard) => {
  test('every panel has a title of its own, a description in sentences, and names for its series', () => {
    const panels = panelsIn(dashboard);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { title, description, targets, fieldConfig } of panels) {
      expect(description).toMatch(/^.{20,}\.$/);
      expect([title, fieldConfig.defaults.unit]).toEqual([title, expect.stringMatching(/./)]);
      for (const { legendFormat } of targets)
        expect([title, legendFormat]).toEqual([title, expect.stringMatching(/./)]);
    }
  });

  test('the first row has only states of now, each with the runbook of its alert', () => {
    for (const { title, type, fieldConfig } of firstRow(dashboard.panels)) {
      expect([title, type]).toEqual([title, 'stat']);
      const [{ url } = { url: '' }] = fieldConfig.defaults.links ?? [];
      expect([title, url]).toEqual([title, expect.stringContaining('/runbooks/alerts.md')]);
    }
  });

  test('Prometheus can parse every query', async () => {
    const rules = panelsIn(dashboard)
      .flatMap(({ targets }) => targets)
      .map(({ expr }, n) => ({ record: `query:${n}`, expr: queryOf(expr, 3600, 60) }));
    const file = join(await temporaryFolder(), 'queries.yml');
    await writeFile(file, stringify({ groups: [{ name: 'queries', rules }] }));
    expect(await promtool('check', 'rules', file)).toContain(
      `SUCCESS: ${rules.length} rules found`,
    );
  });
});

function firstRow(all: readonly ({ readonly type: 'row' } | Panel)[]): readonly Panel[] {
  const second = all.findIndex(({ type }, n) => type === 'row' && n > 0);
  return all.slice(1, second).flatMap((one) => (one.type === 'row' ? [] : [one]));
}

const rule = z.object({
  alert: z.string(),
  expr: z.string(),
  labels: z.object({ severity: z.enum(['page', 'ticket']) }),
  annotations: z.object({ runbook_url: z.string() }),
});
const { groups } = z
  .object({ groups: z.array(z.object({ rules: z.array(rule) })) })
  .parse(parse(await readText(`${FOLDER}/rules.yml`)));
const rules = groups.flatMap((group) => group.rules);
const states = [...DASHBOARDS.values()].flatMap(({ panels }) => firstRow(panels));

describe.each(rules)('$alert', ({ expr, labels, annotations }) => {
  const shown = states.filter(({ fieldConfig: { defaults } }) =>
    (defaults.links ?? []).some(({ url }) => url === annotations.runbook_url),
  );

  test('is in the first row of a dashboard, by the selectors of its rule', () => {
    expect(shown.length).toBeGreaterThan(0);
    for (const { targets } of shown) {
      for (const target of targets) {
        const selectors = selectorsIn(target.expr);
        expect(selectors.length).toBeGreaterThan(0);
        // A rule that bridges a restart looks at the last minutes, and the dashboard at now.
        const ofRule = selectorsIn(expr).flatMap((one) => [one, one.replace(/\[.*$/, '')]);
        expect(ofRule).toEqual(expect.arrayContaining([...selectors]));
      }
    }
  });

  test('has the colour of its severity there, from the bound of the rule on', () => {
    const bounds = [...expr.matchAll(/[<>=]=? ([\d. *]*\d)(?!\w)/g)].map(([, written = '']) =>
      written.split('*').reduce((product, factor) => product * Number(factor), 1),
    );
    // 1 where the query itself compares, and the smallest above 0 for `> 0`.
    const possible = [...bounds, 1, 0.001];
    for (const { fieldConfig } of shown) {
      const steps = fieldConfig.defaults.thresholds?.steps ?? [];
      const colour = labels.severity === 'page' ? 'red' : 'orange';
      expect(steps.map(({ color }) => color).sort()).toEqual(['green', colour].sort());
      expect(possible).toContain(steps[1]?.value);
    }
  });
});

/** Metrics with their labels, ranges and comparisons of single series, without spaces. */
function selectorsIn(expr: string): readonly string[] {
  const names = metricsIn(expr.replaceAll(/\s+/g, ' '));
  const bare = expr.replaceAll(/\s+/g, '');
  return [...new Set(names)].flatMap((name) =>
    [...bare.matchAll(new RegExp(`\\b${name}(?:\\{[^}]*\\})?(?:\\[[^\\]]*\\])?`, 'g'))].map(
      ([selector]) => selector,
    ),
  );
}

test('the configuration of Prometheus is valid, and has the jobs of docs/metrics.md', async () => {
  const path = join(PROJECT, FOLDER, 'prometheus.yml');
  expect(await promtool('check', 'config', path)).toContain(`${rules.length} rules found`);
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(await readText('docs/metrics.md')) ?? [];
  const jobs = (text: string): unknown =>
    (parse(text) as { scrape_configs: unknown }).scrape_configs;
  expect(jobs(await readText(`${FOLDER}/prometheus.yml`))).toEqual(jobs(example));
});

async function promtool(...args: readonly string[]): Promise<string> {
  const path = await findPromtool((line) => process.stderr.write(`${line}\n`));
  const { stdout } = await promisify(execFile)(path, args);
  return stdout;
}
