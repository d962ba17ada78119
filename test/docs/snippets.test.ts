/**
 * Each TypeScript snippet of README, docs/ and the package's doc comments compiles as it is printed, as strictly as our own
 * code: each is a module of its own, and nothing is added to it.
 */
import { expect, test } from '@jest/globals';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { PATCH } from '../versioning/next-build.ts';
import { allBlocks, PROJECT, type Block } from './blocks.ts';

/** Lines out of the middle of a file, which is bundled and run by test/versioning/two-builds.test.ts. */
const EXCERPT_IN = 'docs/changing-workflows.md';
const EXCERPT_OF = 'test/versioning/next-build.ts';

/** The other languages of fences: a snippet under another name of TypeScript would not be compiled. */
const OTHER_LANGUAGES = [
  'csv',
  'go',
  'http',
  'ini',
  'js',
  'json',
  'mermaid',
  'php',
  'python',
  'sh',
  'sql',
  'text',
  'yaml',
];

const all = await allBlocks();
const snippets = all.filter(({ language }) => language === 'ts');
const blocks = [
  ...snippets.filter(({ file }) => file !== EXCERPT_IN),
  ...(await commentedBlocks()),
];

/** Snippets of doc comments of the package's entries. */
async function commentedBlocks(): Promise<readonly Pick<Block, 'file' | 'text'>[]> {
  const files = globSync('*/index.ts', { cwd: PROJECT });
  const found = await Promise.all(
    files.map(async (file) => {
      const source = await readFile(PROJECT + file, 'utf8');
      return [...source.matchAll(/^ \* ```ts\n([^]*?)^ \* ```$/gm)].map(([, text = '']) => ({
        file,
        text: text.replaceAll(/^ \* ?/gm, ''),
      }));
    }),
  );
  return found.flat();
}

test('no snippet is left out', () => {
  const languages = new Set(all.map(({ language }) => language));
  expect([...languages].filter((one) => one !== 'ts' && !OTHER_LANGUAGES.includes(one))).toEqual(
    [],
  );
  const files = new Set(blocks.map(({ file }) => file));
  for (const file of [
    'README.md',
    'docs/examples.md',
    'docs/integrating.md',
    'simulator/README.md',
    'client/index.ts',
    'ar24/index.ts',
  ]) {
    expect(files).toContain(file);
  }
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

test('the README names the versions of Temporal and Node that the package needs', async () => {
  const { dependencies, engines } = JSON.parse(
    await readFile(`${PROJECT}package.json`, 'utf8'),
  ) as Readonly<Record<'dependencies' | 'engines', Readonly<Record<string, string>>>>;
  const readme = (await readFile(`${PROJECT}README.md`, 'utf8')).replaceAll('\n', ' ');
  expect(readme).toContain(`@temporalio/client@${dependencies['@temporalio/client'] ?? 'none'} `);
  const node = /^>=(\d+\.\d+)\.0$/.exec(engines['node'] ?? '')?.[1] ?? 'none';
  expect(readme).toContain(`Node ${node} or newer`);
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
