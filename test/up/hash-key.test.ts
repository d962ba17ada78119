import { beforeEach, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureHashKey, readHashKey } from '../../cli/state-folder/keys.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { startUp } from './machine.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'state');
  file = join(folder, 'hash-key');
  useEnvironment({ ONBOARDING_STATE_DIR: folder });
});

test('the key is created once, for its owner only, even by several processes at once', async () => {
  await expect(readHashKey()).resolves.toBeUndefined();
  const keys = await Promise.all(Array.from({ length: 10 }, () => ensureHashKey()));
  for (const key of keys) expect(key).toEqual(keys[0]);
  await expect(readHashKey()).resolves.toEqual(keys[0]);
  await expect(readdir(folder)).resolves.toEqual(['hash-key']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each(['', '1:bG9jYWw', 'my notes'])(
  'a file that holds %j is reported with the remedy, and left alone',
  async (damaged) => {
    await mkdir(folder);
    await writeFile(file, damaged);
    const { code, err } = await (await startUp({ folder })).end;
    expect(code).toBe(2);
    expect(err).toContain(`${file} is damaged`);
    expect(err).toContain(`npx onboard key hash > '${file}'`);
    expect(err).not.toContain('    at ');
    await expect(readFile(file, 'utf8')).resolves.toBe(damaged);
    await expect(readHashKey()).rejects.toThrow(file);
  },
);

test('if the key cannot be written completely, that is reported, and no part of it stays', async () => {
  const module = new URL('../../cli/state-folder/keys.ts', import.meta.url).href;
  const script = `const { ensureHashKey } = await import('${module}'); await ensureHashKey()`;
  // No file may have any size, as on a full disk.
  const limited = 'ulimit -f 0; exec "$0" --input-type=module --eval "$1"';
  const env = { ...process.env, ONBOARDING_STATE_DIR: folder };
  const { stderr } = spawnSync('sh', ['-c', limited, process.execPath, script], {
    encoding: 'utf8',
    env,
  });
  expect(stderr).toContain('EFBIG');
  await expect(readdir(folder)).resolves.toEqual([]);
  await expect(ensureHashKey()).resolves.toMatchObject({ version: '1' });
});
