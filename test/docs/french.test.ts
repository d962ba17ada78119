/** The French pages say what their English originals say, as far as a test can see, and are typeset as French. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { blocksOf, commandsOf, FRENCH, proseOf, PROJECT } from './blocks.ts';

const README = 'README.fr.md';
const GLOSSARY = { file: 'docs/fr/integrer.md', heading: '## Glossaire' };

test('each page in docs/fr/ has an English original', () => {
  const files = readdirSync(`${PROJECT}docs/fr`).map((name) => `docs/fr/${name}`);
  expect([README, ...files].sort()).toEqual(Object.keys(FRENCH).sort());
});

describe.each(Object.entries(FRENCH))('%s', (french, english) => {
  let prose: string;

  beforeAll(async () => {
    prose = await proseIn(french);
  });

  test('shows the commands and snippets of the English page, with comments of its own', async () => {
    expect(await shownIn(french)).toEqual(await shownIn(english));
  });

  test('links to the English page, which links back', async () => {
    expect(linksOf(french, prose)).toContain(english);
    expect(linksOf(english, await proseIn(english))).toContain(french);
  });

  test('has the spaces and apostrophes of French', () => {
    const text = withoutNames(prose);
    expect(text.match(/.* [:;?!»].*|.*« .*/g)).toBeNull();
    expect(text.match(/.*[^\s|:-][:;?!](?:\s.*|$)/gm)).toBeNull();
    expect(text.match(/.*\p{L}'\p{L}.*/gu)).toBeNull();
  });
});

/** README.fr.md is left out: it has a choice of what README.md says. */
describe.each(Object.entries(FRENCH).filter(([french]) => french !== README))(
  '%s follows its original',
  (french, english) => {
    let ours: string;
    let theirs: string;

    beforeAll(async () => {
      [ours = ''] = bodyOf(await proseIn(french)).split(`\n${GLOSSARY.heading}\n`);
      theirs = bodyOf(await proseIn(english));
    });

    test('section by section, item by item, row by row', () => {
      expect(shapeOf(ours)).toEqual(shapeOf(theirs));
    });

    test('name by name: commands, options, variables, statuses, routes', () => {
      expect(namesIn(ours)).toEqual(namesIn(theirs));
    });

    test('number by number', () => {
      expect(numbersIn(ours)).toEqual(numbersIn(theirs));
    });

    test('link by link', () => {
      const pages = linksOf(french, ours).map((to) => FRENCH[to] ?? to);
      const originals = linksOf(english, theirs).map((to) => FRENCH[to] ?? to);
      expect(sortedOnce(pages)).toEqual(sortedOnce(originals));
    });
  },
);

const MOST_LINES = 150;

test(`the French README has at most ${MOST_LINES} lines`, async () => {
  const text = await readFile(PROJECT + README, 'utf8');
  expect(text.split('\n').length - 1).toBeLessThanOrEqual(MOST_LINES);
});

test('the French glossary has a word for each word of docs/glossary.md', async () => {
  const [, ours = ''] = (await proseIn(GLOSSARY.file)).split(`\n${GLOSSARY.heading}\n`);
  expect(columnOf(ours, 0)).toEqual(columnOf(await proseIn('docs/glossary.md'), 0));
  expect(columnOf(ours, 1)).not.toContain('');
});

async function proseIn(file: string): Promise<string> {
  return proseOf(await readFile(PROJECT + file, 'utf8'));
}

/** Diagrams have texts to translate. */
async function shownIn(file: string): Promise<readonly string[]> {
  const blocks = (await blocksOf(file)).filter(({ language }) => language !== 'mermaid');
  return blocks
    .flatMap(({ language, text }) => (language === 'sh' ? commandsOf(text) : [text]))
    .map((text) => text.replaceAll(/(?:^|\s)(?:#|\/\/) .*$/gm, ''))
    .map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Without the line that links to the other language. */
function bodyOf(prose: string): string {
  return prose.replace(/^_\[.*$/m, '');
}

/** The beginnings of headings, list items and table rows, in their order. */
function shapeOf(prose: string): readonly string[] {
  return prose.match(/^ *(?:#+|-|\d+\.|\|)(?= )/gm) ?? [];
}

function namesIn(prose: string): readonly string[] {
  return sortedOnce(prose.match(/`[^`\n]+`/g) ?? []);
}

function numbersIn(prose: string): readonly string[] {
  return sortedOnce(withoutNames(prose).match(/\d+/g) ?? []);
}

/** Without inline code, tags, and the targets of links. */
function withoutNames(prose: string): string {
  return prose.replaceAll(/`[^`\n]+`|<[^>\n]+>|\]\([^)\n]+\)/g, '');
}

/** Pages below the root of the repository, images, and addresses elsewhere. */
function linksOf(file: string, prose: string): readonly string[] {
  const links = [...prose.matchAll(/\]\(([^)#]+)|\bsrc="([^"]+)"/g)];
  return sortedOnce(
    links.map(([, link, image]) => link ?? image ?? '').map((to) => pathFrom(file, to)),
  );
}

function pathFrom(file: string, to: string): string {
  return to.startsWith('https:') ? to : join(dirname(file), to);
}

/** The texts of one column of the first table, without its heading. */
function columnOf(prose: string, column: number): readonly string[] {
  const rows = prose.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => row.split('|')[column + 1]?.trim() ?? '');
}

function sortedOnce(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}
