/** Each TypeScript snippet of README and docs/ compiles as it is printed, as strictly as our own code. */
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { PATCH } from '../versioning/next-build.ts';
import { allBlocks, PROJECT } from './blocks.ts';

/** Lines out of the middle of a file, which is bundled and run by test/versioning/two-builds.test.ts. */
const EXCERPT_IN = 'docs/changing-workflows.md';
const EXCERPT_OF = 'test/versioning/next-build.ts';

const snippets = (await allBlocks()).filter(({ language }) => language === 'ts');
const blocks = snippets.filter(({ file }) => file !== EXCERPT_IN);

test('there are snippets', () => {
  expect(blocks.length).toBeGreaterThanOrEqual(4);
});

/** A file each, beside those that they import from; the package's entries are their sources. */
const FILES = new Map(
  blocks.map(({ file, text }, n) => [
    `${PROJECT}snippet-${n + 1}-of-${file.replaceAll(/[^A-Za-z0-9]+/g, '-')}.ts`,
    text,
  ]),
);

test('the excerpt of a workflow is what is compiled there', async () => {
  const source = await readFile(PROJECT + EXCERPT_OF, 'utf8');
  const excerpts = snippets.filter(({ file }) => file === EXCERPT_IN);
  expect(excerpts).toHaveLength(1);
  const lines = excerpts.flatMap(({ text }) => text.trim().split('\n'));
  const missing = lines.filter((line) => !source.replace('${PATCH}', PATCH).includes(line));
  expect(missing).toEqual([]);
});

test('all compile as printed', () => {
  const read = (path: string) => ts.sys.readFile(path);
  const written = ts.readConfigFile(`${PROJECT}tsconfig.json`, read) as {
    readonly config: { readonly compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(written.config.compilerOptions, PROJECT);
  const withPackage: ts.CompilerOptions = {
    ...options,
    paths: { 'sender-onboarding/*': [`${PROJECT}*/index.ts`] },
  };
  const host = ts.createCompilerHost(withPackage);
  const fileExists = host.fileExists.bind(host);
  const readSource = host.readFile.bind(host);
  host.fileExists = (path) => FILES.has(path) || fileExists(path);
  host.readFile = (path) => FILES.get(path) ?? readSource(path);
  const program = ts.createProgram([...FILES.keys()], withPackage, host);
  const faults = [...FILES.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  });
  const report = ts.formatDiagnostics(faults, {
    getCanonicalFileName: (path) => path,
    getCurrentDirectory: () => PROJECT,
    getNewLine: () => '\n',
  });
  expect(report).toBe('');
});
