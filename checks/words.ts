/**
 * `npm run check:words`: comments, docs and printed texts use the words of docs/glossary.md, and none of those
 * in checks/words/list.ts.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { wordsIn } from './words/find.ts';

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
/** These have the words on purpose. */
const OWN = ['checks/words/list.ts', 'test/checks/words.test.ts'];

const { stdout } = await promisify(execFile)('git', LIST, { maxBuffer: 2 ** 26 });
const paths = stdout.split('\0').filter((path) => /\.(?:[cm]?[jt]s|md)$/.test(path));
let found = 0;
let read = 0;
for (const path of paths.filter((one) => !OWN.includes(one))) {
  const content = await textOf(path);
  if (content === undefined) continue;
  read += 1;
  for (const { line, word, better } of wordsIn(path, content)) {
    found += 1;
    console.error(`${path}:${line}: "${word}": better ${better}`);
  }
}
if (found === 0) console.log(`words: none to replace in ${read} files`);
else {
  console.error(`words: ${found} to replace (docs/glossary.md)`);
  process.exitCode = 1;
}

/** Undefined for a deleted file whose deletion is not committed. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
