/**
 * `npm run check:secrets`: no file of the repository, committed or not yet, contains a key or token. Prints
 * the place, never the secret.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { secretsIn } from './secrets/scan.ts';

const LIST = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];

/** A deleted file whose deletion is not committed; a link to a folder, whose files are listed themselves. */
const NOT_READ = ['ENOENT', 'EISDIR'];

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
    `secrets: ${found}. Remove them, and replace them wherever they are in use: a secret that was ` +
      'committed once is no secret. List harmless ones in checks/secrets/allowed.ts.',
  );
  process.exitCode = 1;
}

/** Undefined for a binary file, and for what is not read. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    return bytes.includes(0) ? undefined : bytes.toString();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (NOT_READ.includes(code)) return undefined;
    throw error;
  }
}
