/**
 * The jest project of each test file, computed from its imports: a test that imports what starts a browser
 * belongs to `browser`, one that imports what finds or starts a Temporal server to `temporal`, one that starts
 * programs or HTTP servers, compiles, or draws random inputs to `slow`, and any other to `unit`. Imports are followed through the helpers in
 * `test/`, and no further.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PROJECTS = ['unit', 'slow', 'temporal', 'browser'] as const;
export type Project = (typeof PROJECTS)[number];

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STARTS_A_BROWSER = ['playwright-core'];
const NEED_A_SERVER = [
  '@temporalio/testing',
  'devserver/index.ts',
  // Needs Python, and talks to a gateway before a Temporal server.
  'devserver/schemathesis.ts',
  // Builds or fetches generators and compilers, and runs them.
  'devserver/api-tools.ts',
  // Needs Go and Python to get Helm and the other programs that check what is deployed.
  'devserver/deploy-tools.ts',
  // Runs tests of its own.
  'test/docs/exercises.test.ts',
];

const TAKES_LONG = [
  'node:child_process',
  'node:http',
  'node:net',
  'fastify',
  'simulator/index.ts',
  'probe/index.ts',
  'eslint',
  'typescript',
];
/** Random inputs by the hundred. */
const FUZZ = 'test/fuzz/';

/** The test files of one project, as paths below the root of the repository. */
export function testsOf(project: Project): readonly string[] {
  return globSync('test/**/*.test.ts', { cwd: ROOT }).filter((file) => projectOf(file) === project);
}

export function projectOf(testFile: string): Project {
  const imported = new Set([testFile, ...allImportsOf(testFile)]);
  if (STARTS_A_BROWSER.some((one) => imported.has(one))) return 'browser';
  if (NEED_A_SERVER.some((one) => imported.has(one))) return 'temporal';
  if (testFile.startsWith(FUZZ) || TAKES_LONG.some((one) => imported.has(one))) return 'slow';
  return 'unit';
}

function allImportsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const imported of importsOf(file)) {
    if (seen.has(imported)) continue;
    seen.add(imported);
    if (imported.startsWith('test/')) allImportsOf(imported, seen);
  }
  return seen;
}

const STATIC_IMPORT = /^(?:(?:import|export|\}) .*from |import )'([^']+)';$/gm;
const DYNAMIC_IMPORT = /\bimport\('([^']+)'\)/g;
const parsed = new Map<string, readonly string[]>();

/** Names of packages, and paths below the root of the repository. */
function importsOf(file: string): readonly string[] {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const source = readFileSync(join(ROOT, file), 'utf8').replaceAll(/^import type [^;]+;/gm, '');
  const named = [STATIC_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) =>
    [...source.matchAll(pattern)].map(([, name = '']) => name),
  );
  const imported = named.map((name) =>
    name.startsWith('.') ? relative(ROOT, join(ROOT, dirname(file), name)) : name,
  );
  parsed.set(file, imported);
  return imported;
}
