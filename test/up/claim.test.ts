import { beforeEach, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimStateFolder } from '../../cli/up/claim.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { usePlatform } from './platform.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  useEnvironment({ ONBOARDING_STATE_DIR: folder });
});

test('a claim is refused to the next one, until it is given back', async () => {
  const giveBack = await claimStateFolder();
  await expect(claimStateFolder()).rejects.toThrow(`process ${process.pid}`);
  await giveBack();
  await expect(claimStateFolder()).resolves.toBeInstanceOf(Function);
});

test('a claim that a kill left behind is nobody’s', async () => {
  const killed = { pid: process.pid, started: 'long ago' };
  await writeFile(join(folder, 'up.json'), JSON.stringify(killed));
  const giveBack = await claimStateFolder();
  await expect(readFile(join(folder, 'up.json'), 'utf8')).resolves.not.toContain('long ago');
  await giveBack();
});

test('where the system does not tell processes apart, it starts without a claim', async () => {
  usePlatform('freebsd');
  useEnvironment({ PATH: join(folder, 'without-ps') });
  const giveBack = await claimStateFolder();
  await expect(readFile(join(folder, 'up.json'), 'utf8')).rejects.toThrow('ENOENT');
  await giveBack();
});
