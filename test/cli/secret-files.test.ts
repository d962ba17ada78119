/** Secrets as files: `NAME_FILE` for each variable that is marked as a secret. */
import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkEnvironment } from '../../cli/doctor/environment.ts';
import { environmentFaults } from '../../cli/environment/all-faults.ts';
import { ALL_VARIABLES, SECRETS } from '../../cli/environment/table.ts';
import { readEnvironment } from '../../cli/environment/read-environment.ts';
import { temporalConfig } from '../../cli/environment/temporal-config.ts';
import { gatewaySettings } from '../../cli/gateway/settings.ts';
import { workerSettings } from '../../cli/worker/settings.ts';
import type { EnvironmentFault } from '../../cli/environment/environment-error.ts';
import { createEncryptionKey } from '../../codec/index.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { createApiKey } from '../../gateway/api-keys.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';

const signing = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const VALUES: Readonly<Record<string, string>> = {
  AR24_TOKEN: 'the-token',
  AR24_PRIVATE_KEY: 'the-private-key',
  ONBOARDING_API_KEYS: createApiKey('any', ['read']).written,
  ONBOARDING_AR24_WEBHOOK_SECRETS: 'sixteen-or-more-characters\nand-another-of-sixteen',
  ONBOARDING_ENCRYPTION_KEYS: `${createEncryptionKey('new')} # since May\n${createEncryptionKey('old')}`,
  ONBOARDING_FORMER_HASH_KEYS: createNamedKey('before'),
  ONBOARDING_HASH_KEY: createNamedKey('one'),
  ONBOARDING_LINK_KEYS: createNamedKey('any'),
  ONBOARDING_NOTIFY_SECRETS: `${signing()}\n${signing()}`,
  ONBOARDING_NOTIFY_URL: 'https://crm.example.org/hooks?token=any',
  OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of the collector',
  TEMPORAL_API_KEY: 'the-api-key',
};

async function fileWith(text: string | Uint8Array, mode = 0o600): Promise<string> {
  const file = join(await temporaryFolder(), 'secret');
  await writeFile(file, text, { mode });
  await chmod(file, mode);
  return file;
}

/** Each of these as a file, with a line break at its end. */
async function asFiles(names: readonly string[]): Promise<Record<string, string>> {
  const files = names.map(
    async (name) => [`${name}_FILE`, await fileWith(`${VALUES[name] ?? ''}\n`)] as const,
  );
  return Object.fromEntries(await Promise.all(files));
}

test('every secret may be a file, and its value is then as in the variable', async () => {
  expect(Object.keys(VALUES).sort()).toEqual([...SECRETS].sort());
  for (const name of SECRETS) {
    const variable = ALL_VARIABLES[name];
    if (variable === undefined) throw new Error(`no variable ${name}`);
    const value = readEnvironment({ [name]: variable }, { [name]: VALUES[name] })[name];
    const read = readEnvironment({ [name]: variable }, await asFiles([name]))[name];
    expect([name, read]).toEqual([name, value]);
  }
});

test('worker and gateway start with all secrets as files', async () => {
  const faults: EnvironmentFault[] = [];
  const environment = {
    ...(await asFiles(SECRETS)),
    AR24_BASE_URL: 'https://sandbox.ar24.fr/api/',
    TEMPORAL_ADDRESS: 'temporal.example.org:7233',
  };
  expect(workerSettings(environment, faults)?.notify?.secrets).toHaveLength(2);
  expect(gatewaySettings(environment, faults)).toBeDefined();
  expect(faults).toEqual([]);
  expect(temporalConfig(environment).connectionOptions).toMatchObject({
    apiKey: VALUES['TEMPORAL_API_KEY'],
    tls: true,
  });
  expect(environmentFaults(environment, 'to be set')).toEqual([]);
});

test('the secrets of sign-up events may be files too', async () => {
  const sources = {
    sources: [
      {
        name: 'crm',
        secretsFrom: 'CRM_SECRETS',
        fields: { type: '$.type', reference: '$.id' },
        events: { cancel: ['left'] },
      },
    ],
  };
  const file = await fileWith(JSON.stringify(sources));
  const environment = {
    ...(await asFiles(SECRETS)),
    ONBOARDING_EVENT_SOURCES: file,
    CRM_SECRETS_FILE: await fileWith(`${signing()}\n`),
  };
  const faults: EnvironmentFault[] = [];
  expect(gatewaySettings(environment, faults)?.sources).toHaveLength(1);
  gatewaySettings({ ...environment, CRM_SECRETS_FILE: '/nowhere/secret' }, faults);
  expect(faults).toEqual([
    {
      name: 'ONBOARDING_EVENT_SOURCES',
      message: expect.stringContaining(
        'CRM_SECRETS_FILE names a file that cannot be read (ENOENT)',
      ) as unknown,
    },
  ]);
});

describe('refused, without the content:', () => {
  const content = 'unwanted-content';

  const cases: readonly (readonly [string, () => Promise<Record<string, string>>, string])[] = [
    [
      'a value and a file',
      async () => ({
        AR24_TOKEN: content,
        AR24_TOKEN_FILE: await fileWith(content),
      }),
      'AR24_TOKEN_FILE is set, and so is AR24_TOKEN: set only one of them',
    ],
    [
      'a missing file',
      () => Promise.resolve({ AR24_TOKEN_FILE: '/nowhere/token' }),
      'AR24_TOKEN_FILE names a file that cannot be read (ENOENT)',
    ],
    [
      'a directory',
      async () => ({ AR24_TOKEN_FILE: await temporaryFolder() }),
      'AR24_TOKEN_FILE names no file, but a directory or a device',
    ],
    [
      'a file that is empty but for line breaks',
      async () => ({ AR24_TOKEN_FILE: await fileWith('\n \n') }),
      'AR24_TOKEN_FILE names a file that is empty',
    ],
    [
      'a token of two lines',
      async () => ({ AR24_TOKEN_FILE: await fileWith('one\ntwo\n') }),
      'AR24_TOKEN_FILE names a file that is invalid: contains a space or a line break',
    ],
    [
      'a file that is too long',
      async () => ({ AR24_TOKEN_FILE: await fileWith(content.repeat(10_000)) }),
      'AR24_TOKEN_FILE names a file of more than 65536 bytes',
    ],
    [
      'a file in another encoding',
      async () => ({ AR24_TOKEN_FILE: await fileWith(Buffer.from(`${content}é`, 'latin1')) }),
      'AR24_TOKEN_FILE names a file that is not valid UTF-8',
    ],
    [
      'an invalid value in a file',
      async () => ({ ONBOARDING_HASH_KEY_FILE: await fileWith(content) }),
      'ONBOARDING_HASH_KEY_FILE names a file that is invalid: VERSION:BASE64 is expected',
    ],
  ];

  test.each(cases)('%s', async (_what, environmentWith, expected) => {
    const environment = { ...(await environmentWith()), AR24_PRIVATE_KEY: 'any' };
    const faults = environmentFaults(environment, 'simulator').map(
      ({ name, message }) => `${name} ${message}`,
    );
    expect(faults).toEqual([expect.stringContaining(expected)]);
    expect(faults.join('\n')).not.toContain(content);
  });
});

test('onboard doctor warns of a secret that every user of the machine may read', async () => {
  const open = { AR24_TOKEN_FILE: await fileWith('any', 0o644) };
  const { AR24_TOKEN: _asFile, ...others } = VALUES;
  const environment = { ...others, AR24_BASE_URL: 'https://sandbox.ar24.fr/api/' };
  expect(checkEnvironment({ ...environment, ...open }, 'made-here', [])).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('AR24_TOKEN_FILE') as unknown,
  });
  const closed = { AR24_TOKEN_FILE: await fileWith('any', 0o440) };
  expect(checkEnvironment({ ...environment, ...closed }, 'made-here', []).state).toBe('ok');
});

test('a path through a file is a fault too, and not an error of the program', async () => {
  const file = await fileWith('any');
  const faults = environmentFaults({ AR24_TOKEN_FILE: join(file, 'token') }, 'simulator');
  expect(faults).toEqual([
    { name: 'AR24_TOKEN_FILE', message: 'names a file that cannot be read (ENOTDIR)' },
  ]);
});
