/** What a tag publishes is tested, signed, and traceable to its source, with no more permissions than that needs. */
import { beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { findActionlint } from '../../devserver/deploy-tools.ts';
import { fakeExecutable } from '../devserver/fake-executable.ts';
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
      id: z.string().optional(),
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
    build: z.strictObject({
      needs: z.array(z.string()),
      strategy: z.strictObject({
        matrix: z.strictObject({
          include: z.array(z.strictObject({ platform: z.string(), runner: z.string() })),
        }),
      }),
      'runs-on': z.literal('${{ matrix.runner }}'),
      'timeout-minutes': z.number().max(360),
      permissions: z.record(z.string(), z.string()),
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

type Publishing = 'build' | 'publish';

function inputsOf(job: Publishing, action: string): Readonly<Record<string, unknown>> {
  const step = read.jobs[job].steps.find((one) => 'uses' in one && one.uses.startsWith(action));
  return (step !== undefined && 'uses' in step && step.with) || {};
}

function commands(job: Publishing): readonly string[] {
  return read.jobs[job].steps.flatMap((one) => ('run' in one ? [one.run] : []));
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
  expect(commands('build')[0]).toContain('package.json');
});

test('nothing is published before all of CI has passed, and the image has been built and has run', async () => {
  const { verify, image, build, publish } = read.jobs;
  await expect(access(join(PROJECT, verify.uses))).resolves.toBeUndefined();
  expect(verify.uses).toBe('./.github/workflows/ci.yml');
  expect(image.steps).toContainEqual(expect.objectContaining({ run: 'npm run drill -- image' }));
  expect(build.needs).toEqual(['verify', 'image']);
  expect(publish.needs).toEqual(['build']);
});

test('it may write packages and sign, and nothing else', () => {
  expect(read.jobs.build.permissions).toEqual({ contents: 'read', packages: 'write' });
  expect(read.jobs.publish.permissions).toEqual({
    contents: 'read',
    packages: 'write',
    'id-token': 'write',
  });
});

test('it uses actions of GitHub, Docker and Sigstore only, each of one major version', () => {
  const { build, publish } = read.jobs;
  const used = [...build.steps, ...publish.steps].flatMap((one) => ('uses' in one ? one.uses : []));
  for (const one of used) expect(one).toMatch(/^(actions|docker|sigstore)\/[a-z-]+@v\d+$/);
});

test('the image is built for two architectures, each on its own, with its bill of materials and its provenance', () => {
  const { include } = read.jobs.build.strategy.matrix;
  expect(include).toEqual([
    { platform: 'linux/amd64', runner: 'ubuntu-24.04' },
    { platform: 'linux/arm64', runner: 'ubuntu-24.04-arm' },
  ]);
  expect(inputsOf('build', 'docker/setup-qemu-action')).toEqual({});
  expect(inputsOf('build', 'docker/build-push-action')).toMatchObject({
    platforms: '${{ matrix.platform }}',
    outputs: expect.stringMatching(/,push-by-digest=true,.*push=true$/),
    sbom: true,
    provenance: 'mode=max',
  });
});

test('both images get one tag, and the digest of both together is signed', async () => {
  const folder = await temporaryFolder();
  const [one, other, both] = ['1', '2', '3'].map((digit) => digit.repeat(64));
  const kept = commands('build').find((command) => command.includes('digests/')) ?? '';
  const joined = commands('publish').find((command) => command.includes('imagetools')) ?? '';
  await fakeExecutable(
    join(folder, 'bin/docker'),
    `case "$3" in inspect) echo '{"digest":"sha256:${both}"}' ;; *) echo "$*" > '${folder}/docker' ;; esac`,
  );
  const run = (script: string, env: Readonly<Record<string, string>>) =>
    promisify(execFile)('bash', ['-e', '-c', script], {
      cwd: folder,
      env: { PATH: [join(folder, 'bin'), process.env['PATH'] ?? ''].join(delimiter), ...env },
    });
  for (const digest of [one, other]) await run(kept, { DIGEST: `sha256:${String(digest)}` });
  const output = join(folder, 'output');
  await run(joined, {
    GITHUB_REPOSITORY: 'Owner/Name',
    GITHUB_OUTPUT: output,
    TAG: 'ghcr.io/owner/name:1.2.3',
  });
  const image = 'ghcr.io/owner/name@sha256:';
  expect((await readFile(join(folder, 'docker'), 'utf8')).trim()).toBe(
    `buildx imagetools create --tag ghcr.io/owner/name:1.2.3 ${image}${String(one)} ${image}${String(other)}`,
  );
  expect((await readFile(output, 'utf8')).trim()).toBe(`digest=sha256:${String(both)}`);
});

test('the image has the tag for which the chart asks, and each digest is signed', () => {
  expect(inputsOf('publish', 'docker/metadata-action')['tags']).toBe(
    'type=semver,pattern={{version}}',
  );
  const signed = commands('publish').flatMap((command) => command.match(/cosign sign .*/g) ?? []);
  expect(signed).toHaveLength(2);
  for (const command of signed) expect(command).toMatch(/ --yes "[^"]+@\$\{?(DIGEST|digest)\}?"$/);
});

test('the chart is packed with the files that it takes from other folders', async () => {
  const pack = commands('publish').find((command) => command.startsWith('helm package ')) ?? '';
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
