/** The check finds keys in files and does not print them. */
import { execFile, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { createEncryptionKey } from '../../codec/index.ts';
import { createApiKey } from '../../gateway/api-keys.ts';
import { createLinks, parseLinkKeys } from '../../gateway/links/links.ts';
import { ALLOWED } from '../../checks/secrets/allowed.ts';
import { secretsIn } from '../../checks/secrets/scan.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CHECK = `${PROJECT}checks/secrets.ts`;
const base64 = (bytes: number) => randomBytes(bytes).toString('base64');

function aPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** Generated here, so that this file contains no secret. */
const SECRETS: readonly (readonly [string, string])[] = [
  ['a secret of notifications', `whsec_${base64(32)}`],
  ['a secret of events', `"v1,whsec_${base64(24)}"`],
  ['an API key', createApiKey('crm', ['read']).key],
  ['a key of encryption', createEncryptionKey('2026-11')],
  ['a key of hashes', `ONBOARDING_HASH_KEY=1:${base64(32)}`],
  ['a private key', aPrivateKey()],
  ['a token of GitHub', `ghp_${randomBytes(18).toString('hex')}`],
  ['a password in an address', `https://jeanne:${randomBytes(9).toString('hex')}@example.org/`],
];

test.each(SECRETS)('%s is found, with its line, and not printed', async (_what, secret) => {
  const found = await secretsIn('notes.txt', `first\n\nsecond ${secret}\nthird\n`);
  expect(found.map(({ line }) => line)).toEqual([3]);
  for (const piece of secret.split(/[^A-Za-z0-9]+/).filter((one) => one.length > 12)) {
    expect(found.map(({ what }) => what).join()).not.toContain(piece);
  }
});

test("a link to a sender's page is found", async () => {
  const keys = parseLinkKeys(`1:${base64(32)}`);
  const links = createLinks({ keys, publicUrl: 'https://example.org', days: 30 });
  const { url } = await links.make({
    reference: 'a',
    startedAt: new Date().toISOString(),
    linksValidFrom: null,
  });
  expect(await secretsIn('notes.txt', `see ${url}`)).toHaveLength(1);
});

test.each([
  ['the hash of an API key', createApiKey('crm', ['read']).written],
  ['an abbreviated key', 'whsec_… or whsec_c2hvcnQ= or onb_… or VERSION:BASE64'],
  ['the integrity of a package', `"integrity": "sha512-${base64(64)}"`],
])('%s is no secret', async (_what, text) => {
  expect(await secretsIn('notes.txt', text)).toEqual([]);
});

test('an allowed text still exists, and is allowed in its file only', async () => {
  for (const { path, text } of ALLOWED) {
    const content = await readFile(`${PROJECT}${path}`, 'utf8');
    const lines = content.split('\n').filter((line) => line.includes(text));
    expect([path, text, lines.length > 0]).toEqual([path, text, true]);
    expect(await secretsIn(path, content)).toEqual([]);
    expect(await secretsIn('notes.txt', content)).not.toEqual([]);
  }
});

test('the check fails if a file contains a secret, and skips files that git ignores', async () => {
  const folder = await temporaryFolder();
  await promisify(execFile)('git', ['init', '--quiet', folder]);
  await writeFile(join(folder, '.gitignore'), 'ignored\n');
  await writeFile(join(folder, 'picture'), Buffer.from([0, 1, 2]));
  const { key } = createApiKey('crm', ['read']);
  const check = () => spawnSync(process.execPath, [CHECK], { cwd: folder, encoding: 'utf8' });
  await writeFile(join(folder, 'ignored'), key);
  expect(check()).toMatchObject({ status: 0, stdout: 'secrets: none in 1 files\n' });
  await writeFile(join(folder, 'notes.txt'), `\n${key}\n`);
  const { status, stderr } = check();
  expect(status).toBe(1);
  expect(stderr).toContain('notes.txt:2: ');
  expect(stderr).not.toContain(key);
});
