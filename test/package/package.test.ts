import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findTemporalCli, startDevServer } from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/names.ts';
import { allBlocks } from '../docs/blocks.ts';
import { runIn } from './npm.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** Building, packing and installing three hundred packages from npm's cache. */
const INSTALL_LIMIT_MS = 5 * 60_000;

const packed = z
  .array(z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) }))
  .length(1);

let host: string;
let files: readonly string[];

beforeAll(async () => {
  host = await mkdtemp(join(tmpdir(), 'sender-onboarding-host-'));
  const answer = await runIn(
    PROJECT,
    'npm',
    'pack',
    '--json',
    '--silent',
    '--pack-destination',
    host,
  );
  const [tarball] = packed.parse(JSON.parse(answer.slice(answer.indexOf('[\n'))));
  files = tarball?.files.map(({ path }) => path) ?? [];
  await writeFile(join(host, 'package.json'), '{ "private": true, "type": "module" }');
  await runIn(
    host,
    'npm',
    'install',
    `./${tarball?.filename ?? ''}`,
    ...['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'],
  );
}, INSTALL_LIMIT_MS);

afterAll(async () => {
  await rm(host, { recursive: true, force: true });
});

test.each([
  ['client', 'OnboardingClient'],
  ['ar24', 'Ar24Client'],
  ['workflows', 'senderOnboarding'],
  ['activities', 'createAr24Activities'],
  ['codec', 'encryptingConverter'],
  ['gateway', 'startGateway'],
])('a host application imports %s and finds %s', async (entry, name) => {
  const program = `console.log(typeof (await import('sender-onboarding/${entry}')).${name})`;
  const printed = await runIn(host, process.execPath, '--input-type=module', '--eval', program);
  expect(printed.trim()).toBe('function');
});

test('its types reach a host application written in TypeScript', async () => {
  const program = `
    import { Ar24Client } from 'sender-onboarding/ar24';
    import { OnboardingClient } from 'sender-onboarding/client';
    // @ts-expect-error: a number is no options, which TypeScript knows only if it found the types
    new Ar24Client(42);
    // @ts-expect-error: as above
    new OnboardingClient(42);
  `;
  await writeFile(join(host, 'host.ts'), program);
  await expect(compiled('host.ts')).resolves.toBe('');
});

test("the README's snippets compile in a host application, as printed", async () => {
  const snippets = (await allBlocks()).filter(
    ({ file, language }) =>
      language === 'ts' && ['README.md', 'docs/integrating.md'].includes(file),
  );
  expect(snippets.length).toBeGreaterThanOrEqual(2);
  for (const [n, { text }] of snippets.entries()) {
    await writeFile(join(host, `snippet-${n}.ts`), text);
    await expect(compiled(`snippet-${n}.ts`)).resolves.toBe('');
  }
});

/** What the compiler says about a file of the host, whose packages are those of npm. */
function compiled(file: string): Promise<string> {
  const compiler = join(PROJECT, 'node_modules/typescript/bin/tsc');
  const options = [
    ...['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck'],
    ...['--module', 'nodenext', '--target', 'es2024'],
    ...['--types', 'node', '--typeRoots', join(PROJECT, 'node_modules/@types')],
  ];
  return runIn(host, process.execPath, compiler, ...options, file);
}

test('the command runs from the installed package', async () => {
  const help = await runIn(host, 'npx', '--no-install', 'onboard', '--help');
  for (const command of ['up', 'worker', 'start', 'status', 'watch', 'doctor']) {
    expect(help).toContain(command);
  }
});

test('a worker runs from the installed package, and encrypts the failures of its workflows too', async () => {
  await copyFile(join(PROJECT, 'test/package/host-worker.js'), join(host, 'host-worker.js'));
  const server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: Object.values(ATTRIBUTES),
    logFile: join(host, 'temporal.log'),
  });
  try {
    await runIn(host, process.execPath, 'host-worker.js', server.address, 'answer.json');
    expect(JSON.parse(await readFile(join(host, 'answer.json'), 'utf8'))).toEqual({
      reference: 'from-a-package',
      status: 'requesting-access',
      failure: { heard: expect.stringContaining('request'), kept: 'Encoded failure' },
    });
  } finally {
    await server.stop();
  }
});

test('it contains the workflow bundle, and neither TypeScript nor tests', () => {
  expect(files).toContain('dist/worker/workflow-bundle.js');
  expect(files).toContain('bin/onboard.js');
  const unwanted = files.filter((path) =>
    /(?<!\.d)\.ts$|(^|\/)(test|bench|drill|checks|deploy)\//.test(path),
  );
  expect(unwanted).toEqual([]);
});
