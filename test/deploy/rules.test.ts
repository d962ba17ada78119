/** The alerts for Prometheus: each has a test of its own and a runbook. */
import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { findPromtool } from '../../devserver/prometheus.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { PROJECT, readText } from './compose-file.ts';

const FOLDER = 'deploy/observability';
const fileSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          labels: z.object({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.object({ summary: z.string(), runbook_url: z.url() }),
        }),
      ),
    }),
  ),
});
const { groups } = fileSchema.parse(parse(await readText(`${FOLDER}/rules.yml`)));
const rules = groups.flatMap((group) => group.rules);
const runbooks = await readText('docs/runbooks/alerts.md');
const TEST_FILES = ['rules.test.yml', 'rules.week.test.yml'];
const tests = await Promise.all(TEST_FILES.map((file) => readText(`${FOLDER}/${file}`)));

test.each(TEST_FILES)('the rules fire when they should, by %s', async (file) => {
  const printed = await promtool('test', 'rules', join(PROJECT, FOLDER, file));
  expect(printed).toContain('SUCCESS');
});

test('the configuration in docs/metrics.md is valid, and has the jobs that the rules name', async () => {
  const [, configuration = ''] =
    /```yaml\n([^]*?)```/.exec(await readText('docs/metrics.md')) ?? [];
  const file = join(await temporaryFolder(), 'prometheus.yml');
  await writeFile(file, configuration);
  expect(await promtool('check', 'config', file)).toContain('SUCCESS');
  const named = [...(await readText(`${FOLDER}/rules.yml`)).matchAll(/job="([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const [, job] of named) expect(configuration).toContain(`job_name: ${job}\n`);
});

async function promtool(...args: readonly string[]): Promise<string> {
  const path = await findPromtool((line) => process.stderr.write(`${line}\n`));
  const { stdout } = await promisify(execFile)(path, args);
  return stdout;
}

describe.each(rules)('$alert', ({ alert, annotations }) => {
  test('has a runbook, to which its address leads', () => {
    expect(annotations.runbook_url).toMatch(
      new RegExp(`/docs/runbooks/alerts\\.md#${alert.toLowerCase()}$`),
    );
    expect(runbooks).toContain(`\n## ${alert}\n`);
  });

  test('is made to fire in a test', () => {
    expect(tests.join()).toContain(`ALERTS{alertname="${alert}",alertstate="firing"`);
  });
});

test('every runbook belongs to an alert', () => {
  const headings = [...runbooks.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(rules.map(({ alert }) => alert));
});
