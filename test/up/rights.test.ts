import { beforeEach, expect, test } from '@jest/globals';
import { chmod, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secureStateFolder } from '../../cli/state-folder/rights.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'state');
  useEnvironment({ ONBOARDING_STATE_DIR: folder });
});

const rightsOf = async (...names: readonly string[]) =>
  (await stat(join(folder, ...names))).mode & 0o777;

async function file(mode: number, ...names: readonly string[]): Promise<void> {
  const path = join(folder, ...names);
  await writeFile(path, 'anything');
  await chmod(path, mode);
}

test('an existing folder with other rights, and its files, become accessible to the owner only', async () => {
  await mkdir(join(folder, 'logs'), { recursive: true });
  await mkdir(join(folder, 'copies'));
  await file(0o644, 'api-key');
  await file(0o666, 'temporal.db-wal');
  await file(0o777, 'hash-key');
  await file(0o664, 'logs', 'worker.log');
  await file(0o755, 'a-script');
  for (const name of ['.', 'logs', 'copies']) await chmod(join(folder, name), 0o777);
  await secureStateFolder();
  for (const name of ['.', 'logs', 'copies']) expect(await rightsOf(name)).toBe(0o700);
  for (const name of ['api-key', 'temporal.db-wal', 'hash-key', join('logs', 'worker.log')]) {
    expect(await rightsOf(name)).toBe(0o600);
  }
  expect(await rightsOf('a-script')).toBe(0o700);
});

test('a folder that does not exist is made', async () => {
  await secureStateFolder();
  expect(await rightsOf('.')).toBe(0o700);
});

test('the target of a link in it is not changed', async () => {
  const other = join(await temporaryFolder(), 'other');
  await writeFile(other, 'somebody else’s');
  await chmod(other, 0o644);
  await mkdir(folder);
  await symlink(other, join(folder, 'api-key'));
  await symlink(join(folder, 'nothing'), join(folder, 'link-key'));
  await secureStateFolder();
  expect((await stat(other)).mode & 0o777).toBe(0o644);
});

test('a folder with other files is refused, and its rights stay', async () => {
  await mkdir(folder);
  await file(0o644, 'letters.txt');
  await chmod(folder, 0o755);
  await expect(secureStateFolder()).rejects.toThrow('ONBOARDING_STATE_DIR to a folder of its own');
  expect(await rightsOf('.')).toBe(0o755);
  expect(await rightsOf('letters.txt')).toBe(0o644);
});

test('a file in its place is reported with the remedy', async () => {
  await writeFile(folder, 'no folder');
  await expect(secureStateFolder()).rejects.toThrow('cannot be used (EEXIST');
});
