/** Clients in four languages, generated from the OpenAPI document, compiled, and run against a gateway. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  findGoGenerator,
  findJavaGenerator,
  findPythonGenerator,
  pythonOfClients,
} from '../../../devserver/api-tools.ts';
import { useDevelopmentServer } from '../../client/development-server.ts';
import { anAddress, aReference } from '../../client/onboardings.ts';
import { registrationForm } from '../../support/people.ts';
import { ALL, startGatewayUnderTest, type GatewayUnderTest } from '../gateway.ts';

const PROJECT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAMS = join(PROJECT, 'test/gateway/clients/programs');
const DOCUMENT = join(PROJECT, 'docs/openapi.json');
/** They may have to be fetched, and so do the libraries of the clients. */
const FETCHED_WITHIN_MS = 1_200_000;
const POM = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

const here = useDevelopmentServer();
const execute = promisify(execFile);
const report = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
let gateway: GatewayUnderTest;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  await here.startWorker();
  gateway = await startGatewayUnderTest(here.temporal);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a program in a folder, with all that a client has to know. @returns what it prints */
async function run(cwd: string, command: string, ...args: readonly string[]): Promise<string> {
  const client = {
    API: gateway.url,
    KEY: ALL.key,
    REFERENCE: aReference(),
    EMAIL: anAddress(),
    FORM: JSON.stringify({ ...registrationForm(), notif_billing: true }),
  };
  const env = { ...process.env, ...client };
  const { stdout } = await execute(command, args, { cwd, env, maxBuffer: 1e8 });
  return stdout.trim();
}

async function folderFor(language: string): Promise<string> {
  const path = join(folder, language);
  await mkdir(path);
  return path;
}

test(
  'Python: openapi-python-client',
  async () => {
    const generator = await findPythonGenerator(report);
    const cwd = await folderFor('python');
    await run(cwd, generator, 'generate', '--path', DOCUMENT, '--meta', 'none');
    await cp(join(PROGRAMS, 'client.py'), join(cwd, 'client.py'));
    expect(await run(cwd, pythonOfClients(), 'client.py')).toBe('seen in Python');
  },
  FETCHED_WITHIN_MS,
);

test('TypeScript: openapi-typescript and openapi-fetch', async () => {
  const cwd = await folderFor('typescript');
  await symlink(join(PROJECT, 'node_modules'), join(cwd, 'node_modules'));
  const tool = (name: string) => join(PROJECT, 'node_modules/.bin', name);
  const output = ['--output', 'onboarding.d.ts'];
  // Without it the types demand each field that has a default, also in requests.
  await run(cwd, tool('openapi-typescript'), DOCUMENT, ...output, '--default-non-nullable=false');
  await cp(join(PROGRAMS, 'client.mts'), join(cwd, 'client.mts'));
  await writeFile(join(cwd, 'package.json'), '{ "type": "module" }');
  const { compilerOptions } = JSON.parse(
    await readFile(join(PROJECT, 'tsconfig.json'), 'utf8'),
  ) as { readonly compilerOptions: object };
  const lib = ['es2024', 'dom', 'dom.asynciterable'];
  await writeFile(
    join(cwd, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, lib }, include: ['client.mts'] }),
  );
  await run(cwd, tool('tsc'), '--project', '.');
  expect(await run(cwd, process.execPath, 'client.mts')).toBe('seen in TypeScript');
});

test(
  'Go: oapi-codegen',
  async () => {
    const generator = await findGoGenerator(report);
    const cwd = await folderFor('go');
    await cp(join(PROGRAMS, 'go'), cwd, { recursive: true });
    await run(join(cwd, 'onboarding'), generator, '--config', 'oapi-codegen.yaml', DOCUMENT);
    expect(await run(cwd, 'go', 'run', '.')).toBe('seen in Go');
  },
  FETCHED_WITHIN_MS,
);

test(
  'Java: openapi-generator',
  async () => {
    const generator = await findJavaGenerator(report);
    const cwd = await folderFor('java');
    await run(cwd, generator, 'generate', '-g', 'java', '-i', DOCUMENT, '-o', '.');
    await cp(join(PROGRAMS, 'Client.java'), join(cwd, 'src/main/java/Client.java'));
    const libraries = join(cwd, 'libraries');
    const goals = ['compile', POM, `-Dmdep.outputFile=${libraries}`];
    await run(cwd, 'mvn', '--batch-mode', '--quiet', ...goals);
    const path = `target/classes:${await readFile(libraries, 'utf8')}`;
    expect(await run(cwd, 'java', '-cp', path, 'Client')).toBe('seen in Java');
  },
  FETCHED_WITHIN_MS,
);
