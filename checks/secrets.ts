/**
 * `npm run check:secrets`: no key or token stands in a file of this folder's repository, whether it was
 * committed already or is about to be. Tells where, never what.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { secretsIn } from './secrets/scan.ts';

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];

const { stdout } = await promisify(execFile)('git', LIST, { maxBuffer: 2 ** 26 });
const paths = stdout.split('\0').filter((path) => path !== '');
let found = 0;
let read = 0;
for (const path of paths) {
  const content = await textOf(path);
  if (content === undefined) continue;
  read += 1;
  for (const { line, what } of await secretsIn(path, content)) {
    found += 1;
    console.error(`${path}:${line}: ${what}`);
  }
}
if (found === 0) console.log(`secrets: none in ${read} files`);
else {
  console.error(
    `secrets: ${found}. Take them out, and change them wherever they are good for something: what was ` +
      'committed once is known. One that is good for nothing is named in checks/secrets/allowed.ts.',
  );
  process.exitCode = 1;
}

/** Undefined for a picture, and for what is deleted but not committed as such. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    return bytes.includes(0) ? undefined : bytes.toString();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
