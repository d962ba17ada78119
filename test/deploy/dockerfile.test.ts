import { beforeAll, expect, test } from '@jest/globals';
import { DockerfileParser, type Copy, type Dockerfile } from 'dockerfile-ast';
import { readdir, access } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT, readText } from './compose-file.ts';

let dockerfile: Dockerfile;

beforeAll(async () => {
  dockerfile = DockerfileParser.parse(await readText('Dockerfile'));
});

function from(copy: Copy): string | undefined {
  return (
    copy
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue() ?? undefined
  );
}

function sources(copy: Copy): string[] {
  return copy
    .getArguments()
    .slice(0, -1)
    .map((argument) => argument.getValue());
}

test('every stage starts from the same Node 24, pinned', () => {
  const images = dockerfile.getFROMs().map((stage) => stage.getImage());
  expect(images.length).toBeGreaterThan(1);
  expect(new Set(images).size).toBe(1);
  expect(images[0]).toMatch(/^node:24\.\d+\.\d+-[a-z]+-slim$/);
});

test('every file copied from the project exists, and is not ignored by the build', async () => {
  const ignored = (await readText('.dockerignore')).split('\n');
  expect(ignored).toContain('*');
  const fromProject = dockerfile.getCOPYs().filter((copy) => from(copy) === undefined);
  for (const source of fromProject.flatMap(sources)) {
    await expect(access(join(PROJECT, source))).resolves.toBeUndefined();
    expect(ignored).toContain(`!${source}`);
  }
});

test('every copy from another stage names a stage', () => {
  const stages = dockerfile.getFROMs().map((stage) => stage.getBuildStage());
  const named = dockerfile.getCOPYs().flatMap((copy) => from(copy) ?? []);
  expect(named.length).toBeGreaterThan(0);
  for (const stage of named) expect(stages).toContain(stage);
});

test('every folder with code of the product is copied into the build', async () => {
  const copied = dockerfile.getCOPYs().flatMap(sources);
  const entries = await readdir(PROJECT, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const aside = ['node_modules', 'dist', 'coverage', 'test', 'bench', 'drill', 'checks', 'docs'];
  for (const folder of folders) {
    if (aside.includes(folder) || folder.startsWith('.')) continue;
    expect(copied).toContain(folder);
  }
});

test('the last stage has no development dependencies, and does not run as root', () => {
  const instructions = dockerfile.getInstructions();
  const lastStage = instructions.findLastIndex((each) => each.getKeyword() === 'FROM');
  const last = instructions.slice(lastStage);
  const user = last.findLast((each) => each.getKeyword() === 'USER');
  // By number, since an orchestrator cannot see of a name that it is not root.
  expect(user?.getArgumentsContent()).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  const modules = dockerfile.getCOPYs().find((copy) => sources(copy).includes('/app/node_modules'));
  expect(modules === undefined ? undefined : from(modules)).toBe('dependencies');
  expect(last.map((each) => each.getKeyword())).not.toContain('ADD');
  expect(
    instructions.some((each) => /npm ci --omit=dev/.test(each.getArgumentsContent() ?? '')),
  ).toBe(true);
});

test('it has a health check and starts the worker', () => {
  expect(dockerfile.getHEALTHCHECKs()).toHaveLength(1);
  expect(dockerfile.getENTRYPOINTs()[0]?.getArgumentsContent()).toBe('["onboard"]');
  expect(dockerfile.getCMDs()[0]?.getArgumentsContent()).toBe('["worker"]');
});
