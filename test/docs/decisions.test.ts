/** docs/decisions.md has the reason for each direct dependency, and for no other package. */
import { expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { PROJECT } from './blocks.ts';

const page = await readFile(`${PROJECT}docs/decisions.md`, 'utf8');
const manifest = JSON.parse(await readFile(`${PROJECT}package.json`, 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;

test.each([
  ['at run time', 'dependencies'],
  ['for development', 'devDependencies'],
] as const)('the packages %s are those of package.json', (heading, list) => {
  const packages = Object.keys(manifest[list]);
  const patterns = explained(heading);
  const without = packages.filter((name) => !patterns.some((pattern) => pattern.test(name)));
  expect(without).toEqual([]);
  const unused = patterns.filter((pattern) => !packages.some((name) => pattern.test(name)));
  expect(unused).toEqual([]);
});

/** The names in the first column of a table, each as a pattern: `@a/{b,c}` and `@types/*` name several. */
function explained(heading: string): readonly RegExp[] {
  const [table = ''] = page.split('\n\n').filter((part) => part.startsWith(`| ${heading} `));
  const cells = table.split('\n').map((row) => row.split('|')[1] ?? '');
  const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)]);
  return names.flatMap(([, name = '']) => alternatives(name)).map(asPattern);
}

function alternatives(name: string): readonly string[] {
  const [, before = '', inside, after = ''] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(name) ?? [];
  return inside?.split(',').map((one) => before + one + after) ?? [name];
}

function asPattern(name: string): RegExp {
  return new RegExp(`^${name.replace('*', '[^/]+')}$`);
}
