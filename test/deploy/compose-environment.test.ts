/** The services of docker-compose.yml accept what it gives them of `.env`. */
import { beforeAll, expect, test } from '@jest/globals';
import { codecSettings } from '../../cli/codec/settings.ts';
import { environmentFaults } from '../../cli/environment/all-faults.ts';
import { encryptionOf } from '../../cli/environment/encryption.ts';
import type { EnvironmentFault } from '../../cli/environment/environment-error.ts';
import { gatewaySettings } from '../../cli/gateway/settings.ts';
import { createEncryptionKey } from '../../codec/index.ts';
import { createNamedKey } from '../../codec/named-key.ts';
import { findBySecret } from '../../codec/secret-check.ts';
import { readComposeFile, readText, withValues, type ComposeFile } from './compose-file.ts';

let compose: ComposeFile;
let examples: ReadonlyMap<string, string>;

beforeAll(async () => {
  compose = await readComposeFile();
  const lines = (await readText('deploy/.env.example')).matchAll(/^([A-Z0-9_]+)=(.+)$/gm);
  const given = [...lines].map(([, name = '', value = '']) => [name, value] as const);
  examples = new Map([['ONBOARDING_ENCRYPTION_KEYS', createEncryptionKey('local')], ...given]);
});

/** A value as it is with a copy of `.env.example`, to which lines may be added. */
function exampleOf(value: string, lines: Readonly<Record<string, string>> = {}): string {
  return withValues(value, new Map([...examples, ...Object.entries(lines)]));
}

/** The variables of a service, with a copy of `.env.example` and lines that are added to it. */
function givenTo(
  name: string,
  lines: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const { environment = {} } = compose.services[name] ?? {};
  return Object.fromEntries(
    Object.entries(environment).map(([variable, value]) => [variable, exampleOf(value, lines)]),
  );
}

test('all services that read payloads have the same keys, and none has none', () => {
  const rings = ['worker', 'gateway', 'codec'].map((name) => {
    const faults: EnvironmentFault[] = [];
    const ring = encryptionOf(givenTo(name), faults);
    expect(faults).toEqual([]);
    return ring;
  });
  expect(rings[0]).not.toBe('plaintext');
  for (const ring of rings) expect(ring).toEqual(rings[0]);
});

test('the codec server starts only with its profile, and has to be given an identity provider', () => {
  expect(compose.services['codec']?.profiles).toEqual(['codec']);
  const faults: EnvironmentFault[] = [];
  expect(codecSettings(givenTo('codec'), faults)).toBeUndefined();
  expect(faults.map(({ name }) => name)).toEqual([
    'ONBOARDING_CODEC_UI_ORIGIN',
    'ONBOARDING_CODEC_JWKS_URL',
    'ONBOARDING_CODEC_ISSUER',
    'ONBOARDING_CODEC_AUDIENCE',
  ]);
});

test('with the commented settings of the example, the UI and the codec server match', async () => {
  const lines = (await readText('deploy/.env.example')).matchAll(/^#([A-Z0-9_]+)=(.+)$/gm);
  const more = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]));
  const faults: EnvironmentFault[] = [];
  const codec = codecSettings(givenTo('codec', more), faults);
  expect(faults).toEqual([]);
  const ui = givenTo('temporal-ui', more);
  expect(codec?.origins).toEqual([new URL(ui['TEMPORAL_AUTH_CALLBACK_URL'] ?? '').origin]);
  expect(ui).toMatchObject({
    TEMPORAL_AUTH_ENABLED: 'true',
    TEMPORAL_CODEC_ENDPOINT: expect.stringMatching(/^https:/),
    TEMPORAL_CODEC_PASS_ACCESS_TOKEN: 'true',
  });
  expect(codec?.admission).toMatchObject({
    namespace: givenTo('worker', more)['TEMPORAL_NAMESPACE'],
  });
});

test('the gateway has all that it needs to start, and the simulator sends it webhooks', async () => {
  const { command: simulator = [] } = compose.services['simulator'] ?? {};
  const { environment = {}, ports = [] } = compose.services['gateway'] ?? {};
  const faults: EnvironmentFault[] = [];
  const values = Object.entries(environment).map(([name, value]) => [name, exampleOf(value)]);
  const given = Object.fromEntries(values) as Readonly<Record<string, string>>;
  const settings = gatewaySettings(given, faults);
  expect(faults).toEqual([]);
  expect(settings?.values.ONBOARDING_PUBLIC_URL).toBe('http://127.0.0.1:8080');
  expect(ports).toHaveLength(1);
  const [shown = ''] = /onb_\S+/.exec(await readText('deploy/.env.example')) ?? [];
  expect(findBySecret(settings?.values.ONBOARDING_API_KEYS ?? [], shown)?.name).toBe('local');
  const [secret] = settings?.values.ONBOARDING_AR24_WEBHOOK_SECRETS ?? [];
  const called = simulator
    .map((word) => exampleOf(word))
    .find((word) => word.startsWith('webhookUrl='));
  expect(called).toBe(`webhookUrl=http://gateway:8080/webhooks/ar24/${String(secret)}`);
});

test('one line of .env makes polls rely on webhooks', () => {
  const name = 'ONBOARDING_AR24_WEBHOOKS';
  const value = compose.services['worker']?.environment?.[name] ?? '';
  expect(withValues(value, new Map())).toBe('');
  expect(withValues(value, new Map([[name, '1']]))).toBe('1');
});

test('.env sets the address and the proxies of the gateway, AR24’s addresses and former hash keys', () => {
  const written = {
    ONBOARDING_PUBLIC_URL: 'https://onboarding.example.org',
    ONBOARDING_TRUSTED_PROXIES: '172.18.0.1',
    ONBOARDING_AR24_WEBHOOK_ADDRESSES: '185.183.140.195',
    ONBOARDING_FORMER_HASH_KEYS: createNamedKey('before'),
  };
  const given = givenTo('gateway', written);
  expect(given).toMatchObject(written);
  const faults: EnvironmentFault[] = [];
  expect(gatewaySettings(given, faults)).toBeDefined();
  expect(faults).toEqual([]);
});

test('commands in the container of the worker make links as the gateway does, and know of its webhooks', () => {
  const gateway = givenTo('gateway');
  for (const name of [
    'ONBOARDING_LINK_KEYS',
    'ONBOARDING_PUBLIC_URL',
    'ONBOARDING_AR24_WEBHOOK_SECRETS',
    'ONBOARDING_FORMER_HASH_KEYS',
  ]) {
    expect([name, givenTo('worker')[name]]).toEqual([name, gateway[name]]);
    expect(gateway).toHaveProperty(name);
  }
  expect(environmentFaults(givenTo('worker'), 'to be set')).toEqual([]);
});
