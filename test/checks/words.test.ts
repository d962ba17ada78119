/** The check of words finds them in prose, and only there. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { wordsIn } from '../../checks/words/find.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const CHECK = fileURLToPath(new URL('../../checks/words.ts', import.meta.url));

/** The lines and words that are found. */
function found(path: string, content: string): readonly (readonly [number, string])[] {
  return wordsIn(path, content).map(({ line, word }) => [line, word]);
}

test.each([
  ['a line comment', '// It is told.\n', [1, 'told']],
  ['a comment after code', 'const a = 1; // He waits.\n', [1, 'He']],
  ['a block comment', '\n/* one\n * An event is heeded.\n */\nconst a = 1;\n', [3, 'heeded']],
  ['a JSDoc comment', '/**\n * @returns the gist\n */\nexport function a() {}\n', [2, 'gist']],
  ['a comment inside an expression', 'f(/* told */ 1);\n', [1, 'told']],
  ['a comment at the end of a file', 'const a = 1;\n// whoever', [2, 'whoever']],
  ['a comment inside a template', 'const a = `x ${\n  // told\n  b\n}`;\n', [2, 'told']],
  ['a name of the past', '// calls windUp()\n', [1, 'windUp']],
  ['a noun', '// each asking by mail\n', [1, 'asking']],
] as const)('a word is found in %s', (_where, content, finding) => {
  expect(found('a.ts', content)).toEqual([finding]);
});

test.each([
  ['a string', "log('nobody is told');\n", [1, 'told']],
  ['a template', 'log(`nobody is told ${a}`);\n', [1, 'told']],
  ['the end of a template', 'log(`${a} is told ${b}: she waits`);\n', [1, 'told'], [1, 'she']],
  ['a line after an escape', "log('one\\ntold, two');\n", [1, 'told']],
  ['a template of several lines', 'log(`one\ntwo\nhis mail`);\n', [3, 'his']],
] as const)('a word is found in %s that is printed', (_where, content, ...findings) => {
  expect(found('a.ts', content)).toEqual(findings);
});

test.each([
  ['a name in code', 'const told = { gist: 1 };\n'],
  ['a text without a space', "const a = { kind: 'told' };\n"],
  ['a name with a hyphen or a path', '// see left-told, gist-of-it and work/told.ts\n'],
  ['a pattern', 'const a = /whoever/;\n'],
  ['a longer word', '// there, the heading, retold, this\n'],
  ['a verb', '// The gateway is asking for it.\n'],
])('%s is no prose', (_what, content) => {
  expect(found('a.ts', content)).toEqual([]);
});

test('slashes in texts and patterns start no comment', () => {
  const content =
    "const a = 'https://told.example.org';\nconst b = /[/]/; const told = `//${a}`;\n";
  expect(found('a.ts', content)).toEqual([]);
});

test('Markdown is prose but for its blocks of code', () => {
  const content = '# Told\n\n```ts\nconst told = 1;\n```\n\nHe waits.\n';
  expect(found('a.md', content)).toEqual([
    [1, 'Told'],
    [7, 'He'],
  ]);
});

test('the check fails with the place, the word and the better one', async () => {
  const folder = await temporaryFolder();
  await promisify(execFile)('git', ['init', '--quiet', folder]);
  await mkdir(join(folder, 'notes'));
  await writeFile(join(folder, 'notes', 'a.ts'), '// All is well.\n');
  const check = () => spawnSync(process.execPath, [CHECK], { cwd: folder, encoding: 'utf8' });
  expect(check()).toMatchObject({ status: 0, stdout: 'words: none to replace in 1 files\n' });
  await writeFile(join(folder, 'notes', 'a.ts'), '\n// The gist.\n');
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toContain('notes/a.ts:2: "gist": better fingerprint\n');
});
