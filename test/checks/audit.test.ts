/** The check of npm's audit: a vulnerability fails, and a missing answer is reported. */
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, expect, test } from '@jest/globals';
import { fakeExecutable } from '../devserver/fake-executable.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const CHECK = fileURLToPath(new URL('../../checks/audit.ts', import.meta.url));

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

/** Runs the check with an npm that prints this text. */
async function checkWith(printed: string, ...options: readonly string[]) {
  await fakeExecutable(join(folder, 'npm'), `cat <<'JSON'\n${printed}\nJSON\nexit 1`);
  const path = [folder, dirname(process.execPath), process.env['PATH']].join(delimiter);
  const env = { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, ...options], {
    encoding: 'utf8',
    env,
  });
  return { status, stdout, stderr };
}

/** A report in the format of npm 11. */
function report(...severities: readonly string[]): string {
  const vulnerabilities = severities.map((severity, n) => [
    `package-${n}`,
    {
      name: `package-${n}`,
      severity,
      isDirect: false,
      via: [{ source: n, title: 'Prototype pollution', url: 'https://example.org/1', severity }],
      effects: [],
      range: '<1.2.3',
      nodes: [],
      fixAvailable: true,
    },
  ]);
  return JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: Object.fromEntries(vulnerabilities) as unknown,
  });
}

test('no known vulnerability is a success', async () => {
  const { status, stdout } = await checkWith(report());
  expect([status, stdout]).toEqual([
    0,
    'audit: no known vulnerability of severity high or critical\n',
  ]);
});

test('vulnerabilities of lower severity are counted and do not fail', async () => {
  const { status, stdout } = await checkWith(report('moderate', 'low'));
  expect(status).toBe(0);
  expect(stdout).toContain('2 of lower severity');
});

test('a severe vulnerability fails, and its advisory is named', async () => {
  const { status, stderr } = await checkWith(report('low', 'high', 'critical'));
  expect(status).toBe(1);
  expect(stderr).toContain('package-1 <1.2.3: high: Prototype pollution (https://example.org/1)');
  expect(stderr).toContain('package-2 <1.2.3: critical');
  expect(stderr).not.toContain('package-0');
});

test.each([
  ['nothing', ''],
  ['a refusal', '{ "message": "405 Method Not Allowed", "statusCode": 405, "body": "" }'],
  ['an error', '{ "error": { "code": "ENOAUDIT", "summary": "not supported" } }'],
  ['an error without a code', '{ "message": "request failed", "error": { "summary": "" } }'],
  ['no JSON', '<html>502</html>'],
])(
  'a registry that answers %s is reported, and fails only if an answer is needed',
  async (_what, printed) => {
    const { status, stderr } = await checkWith(printed);
    expect(status).toBe(0);
    expect(stderr).toContain('audit: NOT DONE');
    expect(await checkWith(printed, '--answer-needed')).toMatchObject({ status: 3 });
  },
);
