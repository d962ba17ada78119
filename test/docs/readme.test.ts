/**
 * The README says what the code does. After a change: `UPDATE_README=1 npm test -- test/docs`, then
 * `npm run format`.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TABLES } from './tables.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const README = `${PROJECT}README.md`;
const UPDATE = process.env['UPDATE_README'] === '1';

let readme: string;

beforeAll(async () => {
  readme = await readFile(README, 'utf8');
});

describe.each(Object.entries(TABLES))('the table of %s', (name, table) => {
  test('is what the code says', async () => {
    const written = await table();
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const between = new RegExp(`${begin}\n([^]*?)${end}`);
    if (UPDATE) {
      readme = readme.replace(between, () => `${begin}\n\n${written}\n\n${end}`);
      await writeFile(README, readme);
    }
    expect(cells(between.exec(readme)?.[1] ?? '')).toEqual(cells(written));
  });
});

test.each([
  'README.md',
  'docs/architecture.md',
  'docs/decisions.md',
  'docs/operating.md',
  'docs/testing.md',
])('the files that %s names are there', async (name) => {
  const text = await readFile(PROJECT + name, 'utf8');
  const folder = name.includes('/') ? 'docs/' : '';
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) => folder + String(to));
  const files = [...text.matchAll(/`((?!sender-onboarding)[a-z0-9-]+\/[A-Za-z0-9/.-]*)`/g)].map(
    ([, to]) => String(to),
  );
  const missing = [...links, ...files].filter((to) => !existsSync(PROJECT + to));
  expect(missing).toEqual([]);
});

test('the runbook names commands and options that there are', async () => {
  const { createProgram } = await import('../../cli/program.ts');
  const program = await createProgram();
  const named = [...readme.matchAll(/onboard ([a-z][a-z-]+)([^`\n]*)/g)];
  expect(named.length).toBeGreaterThan(10);
  for (const [line, name, rest = ''] of named) {
    const command = program.commands.find((one) => one.name() === name);
    const options = [...rest.matchAll(/--[a-z-]+/g)].map(String);
    const known = [...(command?.options ?? []).map(({ long }) => long), '--help'];
    const isHelp = name === 'help' || line.startsWith('onboard and');
    expect([line, isHelp || command !== undefined]).toEqual([line, true]);
    expect([line, options.filter((option) => !known.includes(option))]).toEqual([line, []]);
  }
});

/** The cells of each row, whatever a formatter has done about their width. */
function cells(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
}
