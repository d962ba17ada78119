/**
 * Compares README and docs/ with the code. `UPDATE_README=1 npm test -- test/docs/readme` rewrites the generated
 * tables; run `npm run format` afterwards.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SILENT_ACTIONS } from '../../cli/doctor/workers.ts';
import { ENVIRONMENT_TABLE } from '../../cli/environment/table.ts';
import { createProgram } from '../../cli/program.ts';
import { FRENCH, proseOf, RUNBOOKS } from './blocks.ts';
import { TABLES } from './tables.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const UPDATE = process.env['UPDATE_README'] === '1';

const OF_ALL = Object.entries(TABLES).flatMap(([file, tables]) =>
  Object.entries(tables).map(([name, table]) => ({ file, name, table })),
);

describe.each(OF_ALL)('the table of $name in $file', ({ file, name, table }) => {
  test('is what the code generates', async () => {
    let text = await readFile(PROJECT + file, 'utf8');
    const written = await table();
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const between = new RegExp(`${begin}\n([^]*?)${end}`);
    if (UPDATE) {
      text = text.replace(between, () => `${begin}\n\n${written}\n\n${end}`);
      await writeFile(PROJECT + file, text);
    }
    expect(cells(between.exec(text)?.[1] ?? '')).toEqual(cells(written));
  });
});

test('what `onboard doctor` and docs/capacity.md say of 30 silent days is what was measured', async () => {
  const [, ...rows] = cells((await TABLES['docs/capacity.md']?.['silent']?.()) ?? '');
  const measured = rows.map((row) => Number(row[4]));
  expect(Object.values(SILENT_ACTIONS)).toEqual(measured);
  const text = await readFile(`${PROJECT}docs/capacity.md`, 'utf8');
  expect(text).toContain(`a silent sender costs ${measured[1]} actions`);
});

/** docs/ar24-api.md is left out: it is full of AR24's own names. */
const PAGES = [
  'README.md',
  'README.fr.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(`${PROJECT}docs`)
    .filter((name) => name.endsWith('.md') && name !== 'ar24-api.md')
    .map((name) => `docs/${name}`),
  ...RUNBOOKS,
  ...Object.keys(FRENCH),
];

const MOST_LINES = 200;

test(`the README has at most ${MOST_LINES} lines`, async () => {
  const text = await readFile(`${PROJECT}README.md`, 'utf8');
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
});

test('the README names ten files to read first', async () => {
  const text = await readFile(`${PROJECT}README.md`, 'utf8');
  const [, section = ''] = /^## Read these ten files first\n([^]*?)^## /m.exec(text) ?? [];
  expect(section.match(/^\| \[/gm)).toHaveLength(10);
});

describe.each(PAGES)('%s', (name) => {
  let text: string;

  beforeAll(async () => {
    text = await readFile(PROJECT + name, 'utf8');
  });

  test('names files that exist', () => {
    const links = all(text, /\]\((?!https?:)([^)#]+)/g).map((to) => join(dirname(name), to));
    const files = all(
      text,
      /`((?!sender-(?:onboarding|notifications|erasure|mail|event))[a-z0-9-]+\/[A-Za-z0-9/.-]*)`/g,
    );
    expect([...links, ...files].filter((to) => !existsSync(PROJECT + to))).toEqual([]);
  });

  test('links to headings that exist', async () => {
    const broken: string[] = [];
    for (const [, to = '', heading = ''] of text.matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)) {
      const page = to === '' ? name : join(dirname(name), to);
      const headings = anchorsOf(await readFile(PROJECT + page, 'utf8'));
      if (!headings.includes(heading)) broken.push(`${page}#${heading}`);
    }
    expect(broken).toEqual([]);
  });

  test('names commands and options that exist', async () => {
    const program = await createProgram();
    const unknown = [...text.matchAll(/(?:`|^|npx )onboard ([a-z][a-z-]+)([^`\n]*)/gm)].flatMap(
      ([line, command = '', rest = '']) => {
        const known = program.commands.find((one) => one.name() === command);
        if (known === undefined) return command === 'help' ? [] : [line];
        const both = [known, ...known.commands];
        const options = ['--help', ...both.flatMap((one) => one.options.map(({ long }) => long))];
        return all(rest, /(--[a-z-]+)/g).some((option) => !options.includes(option)) ? [line] : [];
      },
    );
    expect(unknown).toEqual([]);
  });

  test('names variables that exist', () => {
    const ours = ENVIRONMENT_TABLE.flatMap(({ name, secret }) =>
      secret ? [name, `${name}_FILE`] : [name],
    );
    const known = [...ours, ...FOR_TESTS, ...OF_TEMPORALS_UI];
    const named = all(text, /`((?:AR24|ONBOARDING|SIMULATOR|TEMPORAL)_[A-Z0-9_]+[A-Z0-9])\b(?!_)/g);
    expect(
      named.filter((one) => !known.some((name) => name === one || name.startsWith(`${one}_`))),
    ).toEqual([]);
  });
});

/** Paths of binaries that tests use; `devserver/` reads them. */
const FOR_TESTS = ['TEMPORAL_TEST_SERVER_PATH'];

/** Settings of Temporal's own UI, which uses our codec server. */
const OF_TEMPORALS_UI = ['TEMPORAL_CODEC_ENDPOINT', 'TEMPORAL_CODEC_PASS_ACCESS_TOKEN'];

/** The anchors that a forge makes of the headings. */
function anchorsOf(markdown: string): readonly string[] {
  return all(proseOf(markdown), /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The first group of each match. */
function all(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}

/** The cells of each row, without the padding that the formatter adds. */
function cells(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
}
