/** What a tag publishes is tested, signed, and traceable to its source, with no more permissions than that needs. */
import { beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { findActionlint } from '../../devserver/deploy-tools.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { PROJECT, readText } from './compose-file.ts';
import { helm } from './helm/chart.ts';

const FILE = '.github/workflows/release.yml';
const FOLDER = join(PROJECT, '.github/workflows');

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const steps = z.array(
  z.union([
    z.strictObject({
      name: z.string(),
      run: z.string(),
      env: z.record(z.string(), z.string()).optional(),
    }),
    z.strictObject({
      uses: z.string(),
      id: z.string().optional(),
      with: z.record(z.string(), scalar).optional(),
    }),
  ]),
);

/** The part of GitHub's syntax that is in use here: anything else is a mistake until it is added. */
const release = z.strictObject({
  name: z.string(),
  on: z.strictObject({ push: z.strictObject({ tags: z.array(z.string()) }) }),
  permissions: z.strictObject({ contents: z.literal('read') }),
  jobs: z.strictObject({
    verify: z.strictObject({ uses: z.string() }),
    image: z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number().max(360),
      steps,
    }),
    publish: z.strictObject({
      needs: z.array(z.string()),
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.number().max(360),
      permissions: z.record(z.string(), z.string()),
      steps,
    }),
  }),
});

let read: z.output<typeof release>;

beforeAll(async () => {
  read = release.parse(parse(await readText(FILE)));
});

function inputsOf(action: string): Readonly<Record<string, unknown>> {
  const step = read.jobs.publish.steps.find((one) => 'uses' in one && one.uses.startsWith(action));
  return (step !== undefined && 'uses' in step && step.with) || {};
}

function commands(): readonly string[] {
  return read.jobs.publish.steps.flatMap((one) => ('run' in one ? [one.run] : []));
}

/** What actionlint reports. Other programs that it would run are not everywhere. */
async function lint(...files: readonly string[]): Promise<string> {
  const args = ['-shellcheck=', '-pyflakes=', '-no-color', ...files];
  const program = await findActionlint();
  const failed = (error: unknown) => z.object({ stdout: z.string() }).parse(error);
  return (await promisify(execFile)(program, args).catch(failed)).stdout;
}

test('actionlint finds no fault in any workflow', async () => {
  const files = readdirSync(FOLDER).map((name) => join(FOLDER, name));
  expect(await lint(...files)).toBe('');
});

test('actionlint finds a job that does not exist', async () => {
  const file = join(await temporaryFolder(), 'wrong.yml');
  await writeFile(file, (await readText(FILE)).replace('needs: [verify,', 'needs: [verfy,'));
  expect(await lint(file)).toContain('verfy');
});

test('only a tag of a version starts it', () => {
  expect(read.on.push.tags).toEqual(['v[0-9]+.[0-9]+.[0-9]+']);
  expect(commands()[0]).toContain('package.json');
});

test('nothing is published before all of CI has passed, and the image has been built and has run', async () => {
  const { verify, image, publish } = read.jobs;
  await expect(access(join(PROJECT, verify.uses))).resolves.toBeUndefined();
  expect(verify.uses).toBe('./.github/workflows/ci.yml');
  expect(image.steps).toContainEqual(expect.objectContaining({ run: 'npm run drill -- image' }));
  expect(publish.needs).toEqual(['verify', 'image']);
});

test('it may write packages and sign, and nothing else', () => {
  expect(read.jobs.publish.permissions).toEqual({
    contents: 'read',
    packages: 'write',
    'id-token': 'write',
  });
});

test('it uses actions of GitHub, Docker and Sigstore only, each of one major version', () => {
  const used = read.jobs.publish.steps.flatMap((one) => ('uses' in one ? [one.uses] : []));
  for (const one of used) expect(one).toMatch(/^(actions|docker|sigstore)\/[a-z-]+@v\d+$/);
});

test('the image is for two architectures, with its bill of materials and its provenance', () => {
  expect(inputsOf('docker/build-push-action')).toMatchObject({
    push: true,
    platforms: 'linux/amd64,linux/arm64',
    sbom: true,
    provenance: 'mode=max',
  });
});

test('the image has the tag for which the chart asks, and each digest is signed', () => {
  expect(inputsOf('docker/metadata-action')['tags']).toBe('type=semver,pattern={{version}}');
  const signed = commands().flatMap((command) => command.match(/cosign sign .*/g) ?? []);
  expect(signed).toHaveLength(2);
  for (const command of signed) expect(command).toMatch(/ --yes "[^"]+@\$\{?(DIGEST|digest)\}?"$/);
});

test('the chart is packed with the files that it takes from other folders', async () => {
  const pack = commands().find((command) => command.startsWith('helm package ')) ?? '';
  const [, , chart = ''] = pack.split(' ');
  const folder = await temporaryFolder();
  await helm('package', join(PROJECT, chart), '--destination', folder);
  const { version } = JSON.parse(await readText('package.json')) as { readonly version: string };
  const packed = join(folder, `sender-onboarding-${version}.tgz`);
  const { stdout } = await promisify(execFile)('tar', ['--list', '--file', packed]);
  const files = stdout.split('\n');
  expect(files).toContain('sender-onboarding/files/set-up-namespace.sh');
  expect(files).toContain('sender-onboarding/values.schema.json');
  expect(files).toContain('sender-onboarding/observability/rules.yml');
  const dashboards = readdirSync(join(PROJECT, 'deploy/observability/dashboards'));
  expect(dashboards.length).toBeGreaterThan(0);
  for (const dashboard of dashboards) {
    expect(files).toContain(`sender-onboarding/observability/dashboards/${dashboard}`);
  }
  expect(files.filter((file) => file.endsWith('.md'))).toEqual([]);
});
