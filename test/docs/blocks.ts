/** The fenced blocks of README and docs/. */
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

export const RUNBOOKS: readonly string[] = readdirSync(`${PROJECT}docs/runbooks`).map(
  (name) => `docs/runbooks/${name}`,
);

/** docs/ar24-api.md is left out: it describes only AR24's own API. */
export const TEXTS: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(`${PROJECT}docs`)
    .filter((name) => name.endsWith('.md') && name !== 'ar24-api.md')
    .map((name) => `docs/${name}`),
  ...RUNBOOKS,
  'deploy/README.md',
  'simulator/README.md',
];

/** Each French page, with the English page that it has to follow. */
export const FRENCH: Readonly<Record<string, string>> = {
  'README.fr.md': 'README.md',
  'docs/fr/exemples.md': 'docs/examples.md',
  'docs/fr/integrer.md': 'docs/integrating.md',
  'docs/fr/page.md': 'docs/page.md',
  'docs/fr/exploiter.md': 'docs/operating.md',
};

export interface Block {
  readonly file: string;
  /** `sh`, `ts`, `json`, … */
  readonly language: string;
  readonly text: string;
}

export async function blocksOf(file: string): Promise<readonly Block[]> {
  const text = await readFile(PROJECT + file, 'utf8');
  return [...text.matchAll(/^( *)```(\w+)\n([^]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', inside = '']) => ({
      file,
      language,
      text: inside.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** Markdown without its blocks of code. */
export function proseOf(markdown: string): string {
  return markdown.replaceAll(/^( *)```[^]*?^\1```$/gm, '');
}

export async function allBlocks(): Promise<readonly Block[]> {
  return (await Promise.all(TEXTS.map(blocksOf))).flat();
}
/** The only block of this language in this file with this text. */
export async function blockWith(file: string, language: string, words: string): Promise<string> {
  const found = (await blocksOf(file)).filter(
    (block) => block.language === language && block.text.includes(words),
  );
  const [one] = found;
  if (one === undefined || found.length > 1) {
    throw new Error(`${found.length} blocks of ${language} in ${file} have the words: ${words}`);
  }
  return one.text;
}

/** The commands of a shell block, without comments; a command can have several lines. */
export function commandsOf(block: string): readonly string[] {
  const commands: string[] = [];
  let unfinished = '';
  for (const line of block.split('\n')) {
    unfinished += unfinished === '' ? line : `\n${line}`;
    if (!isWhole(unfinished)) continue;
    const command = unfinished.replace(/\s+# .*$/, '').trim();
    if (command !== '' && !command.startsWith('#')) commands.push(command);
    unfinished = '';
  }
  return commands;
}

/** Whether the command is complete: no line continuation, no open quote, no unfinished here-document. */
function isWhole(text: string): boolean {
  if (text.endsWith('\\')) return false;
  const [, upTo] = /<<'?(\w+)'?/.exec(text) ?? [];
  if (upTo !== undefined && !text.endsWith(`\n${upTo}`)) return false;
  const code = text.replaceAll(/\s# .*$/gm, '');
  return code.split("'").length % 2 === 1 && code.split('"').length % 2 === 1;
}
