/** What comes of npm's audit: a hole fails, and no answer is said aloud. */
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

/** The check with an npm that prints this. */
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

/** As npm 11 prints it. */
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

test('nothing known is a success', async () => {
  const { status, stdout } = await checkWith(report());
  expect([status, stdout]).toEqual([0, 'audit: no known hole of the grades high and critical\n']);
});

test('lesser ones are counted, and no failure', async () => {
  const { status, stdout } = await checkWith(report('moderate', 'low'));
  expect(status).toBe(0);
  expect(stdout).toContain('2 of lower grades');
});

test('a grave one fails, and says what is known of it', async () => {
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
  ['what is no JSON', '<html>502</html>'],
])(
  'a registry that answers %s is said aloud, and a failure only where an answer is needed',
  async (_what, printed) => {
    const { status, stderr } = await checkWith(printed);
    expect(status).toBe(0);
    expect(stderr).toContain('audit: NOT DONE');
    expect(await checkWith(printed, '--answer-needed')).toMatchObject({ status: 3 });
  },
);
