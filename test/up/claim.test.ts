import { beforeEach, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimStateFolder, readRunning } from '../../cli/state-folder/running.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const ADDRESSES = {
  temporalAddress: '127.0.0.1:7233',
  namespace: 'default',
  uiUrl: null,
  simulatorUrl: 'http://127.0.0.1:4024',
  gatewayUrl: null,
  codecUrl: null,
  encryptionKeyId: null,
};

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  useEnvironment({ ONBOARDING_STATE_DIR: folder });
});

test('a second claim is refused, until the first is released', async () => {
  const claim = await claimStateFolder();
  await expect(claimStateFolder()).rejects.toThrow(`process ${process.pid}`);
  claim.release();
  (await claimStateFolder()).release();
});

test('the refusal names the addresses of the one that runs', async () => {
  const claim = await claimStateFolder();
  claim.publish(ADDRESSES);
  await expect(claimStateFolder()).rejects.toThrow(`Mailbox: ${ADDRESSES.simulatorUrl}`);
  claim.release();
});

test('the addresses count for as long as the claim', async () => {
  await expect(readRunning()).resolves.toBeUndefined();
  const claim = await claimStateFolder();
  await expect(readRunning()).resolves.toBeUndefined();
  claim.publish(ADDRESSES);
  await expect(readRunning()).resolves.toMatchObject({ ...ADDRESSES, pid: process.pid });
  claim.release();
  await expect(readRunning()).resolves.toBeUndefined();
  // The file of a killed process.
  const killed = JSON.stringify({ ...ADDRESSES, pid: process.pid, host: 'here' });
  await writeFile(join(folder, 'running.json'), killed);
  await expect(readRunning()).resolves.toBeUndefined();
});
