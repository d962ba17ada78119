import { expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../../deploy/freeze-histories.ts', import.meta.url));

/** What it prints. */
async function freeze(folder: string, version: string): Promise<string> {
  return (await run(process.execPath, [PROGRAM, folder, version])).stdout;
}

async function filesIn(...path: readonly string[]): Promise<readonly string[]> {
  return (await readdir(join(...path))).sort();
}

test('a release freezes the histories that no release has yet, and no release is frozen twice', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'README.md'), '');
  await writeFile(join(folder, 'attached.json'), 'attached');
  await writeFile(join(folder, 'created.json'), 'created');
  await freeze(folder, '0.1.0');
  expect(await filesIn(folder, 'v0.1.0')).toEqual(['attached.json', 'created.json']);

  await writeFile(join(folder, 'created.json'), 'created otherwise');
  await expect(freeze(folder, '0.2.0')).resolves.toContain('1 of 2');
  expect(await filesIn(folder, 'v0.2.0')).toEqual(['created.json']);
  expect(await readFile(join(folder, 'v0.1.0/created.json'), 'utf8')).toBe('created');
  expect(await filesIn(folder)).toContain('created.json');

  await expect(freeze(folder, '0.1.0')).rejects.toThrow('EEXIST');
});
