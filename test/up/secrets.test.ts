import { beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEncryptionKeys, readHashKey } from '../../cli/state-folder/keys.ts';
import { ensureGatewaySecrets, readLinkKey } from '../../cli/state-folder/gateway-secrets.ts';
import { planUp } from '../../cli/up/options.ts';
import { ensureSecrets } from '../../cli/up/secrets.ts';
import { useEnvironment } from '../devserver/environment.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';
import { startUp } from './machine.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'state');
  useEnvironment({ ONBOARDING_STATE_DIR: folder });
});

const inFolder = (file: string) => join(folder, file);

/** The state folder after the first start. */
async function startOnce(environment: Record<string, string> = {}): Promise<void> {
  await ensureSecrets(planUp({}, environment));
  await writeFile(inFolder('temporal.db'), '');
}

test.each([
  ['encryption-keys', 'ONBOARDING_ENCRYPTION_KEYS', undefined],
  ['hash-key', 'ONBOARDING_HASH_KEY', 'npx onboard key hash >'],
  ['link-key', 'ONBOARDING_LINK_KEYS', 'npx onboard key link >'],
])(
  '%s is not created again beside a database that needs the lost one',
  async (file, variable, newKey) => {
    await startOnce();
    await rm(inFolder(file));
    const { code, err } = await (await startUp({ folder })).end;
    expect(code).toBe(2);
    expect(err).toContain(`${inFolder(file)}: without it`);
    for (const way of ['from a copy', variable, newKey ?? '', '--reset'])
      expect(err).toContain(way);
    expect(err).not.toContain('    at ');
    await expect(readdir(folder)).resolves.not.toContain(file);
  },
);

test('with --reset, which deletes the data that needed it, a new one is created', async () => {
  await startOnce();
  await rm(inFolder('encryption-keys'));
  const plan = planUp({ reset: true }, {});
  await rm(inFolder('temporal.db'));
  await expect(ensureSecrets(plan)).resolves.toMatchObject({ ownKeys: expect.anything() });
});

test('a key of the environment is not created here, and is required once the environment has none', async () => {
  await startOnce({ ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS });
  await expect(readEncryptionKeys()).resolves.toBeUndefined();
  const again = ensureSecrets(planUp({}, { ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS }));
  await expect(again).resolves.toMatchObject({ ownKeys: undefined });
  await expect(ensureSecrets(planUp({}, {}))).rejects.toThrow('Set ONBOARDING_ENCRYPTION_KEYS');
});

test('with another Temporal a lost key is not replaced either', async () => {
  const theirs = {
    kind: 'other',
    server: { connection: { address: 'x:1' }, namespace: 'default' },
  };
  const plan = { ...planUp({}, {}), temporal: theirs } as ReturnType<typeof planUp>;
  await ensureSecrets(plan);
  await rm(inFolder('encryption-keys'));
  await expect(ensureSecrets(plan)).rejects.toThrow(`delete ${inFolder('api-key')} too`);
});

test.each(['encryption-keys', 'hash-key', 'link-key', 'api-key', 'ar24-webhook-secret'])(
  'an empty %s, a line break, and a folder in its place are reported with a remedy',
  async (file) => {
    await startOnce();
    for (const damage of ['', '\n']) {
      await writeFile(inFolder(file), damage);
      const start = ensureSecrets(planUp({}, {}));
      await expect(start).rejects.toThrow(`${inFolder(file)} is damaged`);
      await expect(start).rejects.toThrow('Restore it from a copy');
      await expect(readFile(inFolder(file), 'utf8')).resolves.toBe(damage);
    }
    await rm(inFolder(file));
    await mkdir(inFolder(file));
    const { code, err } = await (await startUp({ folder })).end;
    expect(code).toBe(2);
    expect(err).toContain(`${inFolder(file)} is a folder`);
    expect(err).toContain('move it away');
    expect(err).not.toContain('    at ');
  },
);

test('for commands a folder in place of a key is an error, not a missing key', async () => {
  for (const file of ['encryption-keys', 'hash-key', 'link-key']) {
    await mkdir(inFolder(file), { recursive: true });
  }
  await expect(readEncryptionKeys()).rejects.toThrow('is a folder');
  await expect(readHashKey()).rejects.toThrow('is a folder');
  await expect(readLinkKey()).rejects.toThrow('is a folder');
});

test('the line break that an editor adds is no part of a secret', async () => {
  const made = await ensureGatewaySecrets();
  for (const file of ['api-key', 'link-key', 'ar24-webhook-secret']) {
    const written = await readFile(inFolder(file), 'utf8');
    await writeFile(inFolder(file), `${written}\r\n`);
  }
  await expect(ensureGatewaySecrets()).resolves.toEqual(made);
  const key = (await readFile(inFolder('api-key'), 'utf8')).trim();
  const hash = createHash('sha256').update(key).digest('hex');
  expect(made['ONBOARDING_API_KEYS']).toContain(hash);
});

test.each([
  ['no database', (path: string) => writeFile(path, 'my notes, which are none')],
  ['no file', (path: string) => mkdir(path)],
  [
    'cannot be used',
    (path: string) => writeFile(path, Buffer.concat([SQLITE, Buffer.alloc(8_192, 0xa5)])),
  ],
])('a database that %s is reported with the remedies, and left as it is', async (how, damage) => {
  await startOnce();
  await rm(inFolder('temporal.db'));
  await damage(inFolder('temporal.db'));
  const { code, err } = await (await startUp({ folder })).end;
  expect(code).not.toBe(0);
  expect(err).toContain(`${inFolder('temporal.db')}, where Temporal keeps all onboardings`);
  expect(err).toContain(how);
  expect(err).toContain('--reset');
  expect(err).not.toContain('    at ');
  await expect(readdir(folder)).resolves.toContain('temporal.db');
});

const SQLITE = Buffer.from('SQLite format 3\0');
