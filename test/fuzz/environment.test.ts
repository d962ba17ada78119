/**
 * Settings with mistakes: a value, or an error that lists the faults and repeats none of the text.
 */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { temporalPlace } from '../../cli/connect.ts';
import { AR24_VARIABLES } from '../../cli/environment/ar24-variables.ts';
import { CODEC_VARIABLES } from '../../cli/environment/codec-variables.ts';
import { encryptionOf } from '../../cli/environment/encryption.ts';
import { ENCRYPTION_VARIABLES } from '../../cli/environment/encryption-variables.ts';
import { CLIENT_VARIABLES } from '../../cli/environment/client-variables.ts';
import { POLICY_VARIABLES } from '../../cli/environment/policy-variables.ts';
import {
  EnvironmentError,
  type EnvironmentFault,
} from '../../cli/environment/environment-error.ts';
import { EXPORTER_VARIABLES } from '../../cli/environment/exporter-variables.ts';
import { TRACING_VARIABLES } from '../../cli/environment/tracing-variables.ts';
import { GATEWAY_VARIABLES } from '../../cli/environment/gateway-variables.ts';
import {
  RETENTION_VARIABLES,
  SIMULATOR_VARIABLES,
  STATE_VARIABLES,
} from '../../cli/environment/machine-variables.ts';
import { policyOf } from '../../cli/environment/policy.ts';
import { readEnvironment } from '../../cli/environment/read-environment.ts';
import { ENVIRONMENT_TABLE } from '../../cli/environment/table.ts';
import { TEMPORAL_VARIABLES } from '../../cli/environment/temporal-variables.ts';
import { WORKER_VARIABLES } from '../../cli/environment/worker-variables.ts';
import { CommandError } from '../../cli/failure.ts';
import { checkedPolicy } from '../../worker/policy-schema.ts';
import type { Policy } from '../../workflows/contract/policy.ts';
import { temporaryFolder } from '../devserver/temporary-folder.ts';
import { inProportion } from '../support/draws.ts';
import { altered, CANARY, hostileText, runs } from './hostile.ts';
import { expectSafeError, rejectionOf, thrownBy } from './safe-error.ts';

const VARIABLES = {
  ...AR24_VARIABLES,
  ...CLIENT_VARIABLES,
  ...POLICY_VARIABLES,
  ...CODEC_VARIABLES,
  ...EXPORTER_VARIABLES,
  ...TRACING_VARIABLES,
  ...ENCRYPTION_VARIABLES,
  ...RETENTION_VARIABLES,
  ...WORKER_VARIABLES,
  ...GATEWAY_VARIABLES,
  ...STATE_VARIABLES,
  ...SIMULATOR_VARIABLES,
};
type Name = keyof typeof VARIABLES;
const NAMES = Object.keys(VARIABLES) as readonly Name[];

const KEY = `1:${Buffer.alloc(32, 7).toString('base64')}`;
const NEEDED = {
  AR24_BASE_URL: 'https://sandbox.ar24.fr/api/',
  AR24_TOKEN: 'token',
  AR24_PRIVATE_KEY: 'key',
  ONBOARDING_API_KEYS: `crm:read:${'0'.repeat(64)}`,
  ONBOARDING_LINK_KEYS: KEY,
  ONBOARDING_CODEC_UI_ORIGIN: 'https://temporal.example.org',
  ONBOARDING_CODEC_JWKS_URL: 'https://id.example.org/keys',
  ONBOARDING_CODEC_ISSUER: 'https://id.example.org/',
  ONBOARDING_CODEC_AUDIENCE: 'temporal',
} as const satisfies Partial<Record<Name, string>>;
const EXAMPLES: Partial<Record<Name, string>> = {
  ...NEEDED,
  ONBOARDING_HASH_KEY: KEY,
  ONBOARDING_ENCRYPTION_KEYS: KEY,
  ONBOARDING_FORMER_HASH_KEYS: `${KEY}, ${KEY}`,
  ONBOARDING_NOTIFY_URL: 'https://user:password@example.org/hook?key=secret',
  ONBOARDING_NOTIFY_SECRETS: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
  ONBOARDING_PUBLIC_URL: 'https://onboarding.example.org/',
  ONBOARDING_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
  ONBOARDING_AR24_WEBHOOK_SECRETS: 'abcdefghijklmnop, qrstuvwxyzabcdef',
  ONBOARDING_AR24_WEBHOOK_ADDRESSES: '185.183.140.195',
  ONBOARDING_PARTNER_COLOUR: '#1d4ed8',
  ONBOARDING_PARTNER_SUPPORT: 'help@example.org',
  ONBOARDING_PARTNER_PRIVACY_URL: 'https://example.org/privacy',
  ONBOARDING_PARTNER_LEGAL_URL: 'https://example.org/legal',
  ONBOARDING_GATEWAY_METRICS_ADDRESS: '[::1]:9465',
  ONBOARDING_METRICS_ADDRESS: '127.0.0.1:9464',
  ONBOARDING_CODEC_METRICS_ADDRESS: '127.0.0.1:9467',
};

/** A value of this variable with something altered, or any other text. */
function anyValueOf(name: Name): fc.Arbitrary<string> {
  const valid = EXAMPLES[name] ?? VARIABLES[name].default ?? 'a';
  return fc.oneof(
    { weight: 3, arbitrary: altered(valid) },
    { weight: 2, arbitrary: hostileText },
    { weight: 1, arbitrary: altered(valid).map((text) => text + CANARY) },
    { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 50 }).map((all) => all.join(',')) },
    { weight: 2, arbitrary: fc.constant(valid) },
  );
}

function expectValues(values: object): void {
  expect(Object.isFrozen(values)).toBe(true);
  expect(NAMES).toEqual(expect.arrayContaining(Object.keys(values)));
}

/** A fault's message is short, however long the value is. */
const MOST_CHARACTERS = 400;

function expectFaults(failure: Error, set: readonly Name[]): void {
  const most = 100 + set.length * MOST_CHARACTERS;
  expectSafeError(failure, { kind: EnvironmentError, secrets: [CANARY], most });
  const faults = failure instanceof EnvironmentError ? failure.faults : [];
  expect(set).toEqual(expect.arrayContaining(faults.map(({ name }) => name)));
}

test('every variable of ours is tested here', () => {
  const ofTheSdk = Object.keys(TEMPORAL_VARIABLES);
  const ours = ENVIRONMENT_TABLE.map(({ name }) => name).filter((name) => !ofTheSdk.includes(name));
  expect([...NAMES].toSorted()).toEqual(ours.toSorted());
});

test("any text in any variable is parsed, or reported by the variable's name without the text", () => {
  const setting = fc
    .constantFrom(...NAMES)
    .chain((name) => anyValueOf(name).map((value) => [name, value] as const));
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(fc.array(setting, { minLength: 1, maxLength: 4 }), (settings) => {
      const environment = { ...NEEDED, ...Object.fromEntries(settings) };
      let values: object = {};
      const failure = thrownBy(() => (values = readEnvironment(VARIABLES, environment)));
      outcomes[failure === undefined ? 'read' : 'refused'] += 1;
      const set = settings.map(([name]) => name);
      if (failure === undefined) expectValues(values);
      else expectFaults(failure, set);
    }),
    runs(2_000),
  );
  // Otherwise the generated values are too uniform to prove anything.
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(inProportion(200, 2_000));
});

test('with any settings, the policy is one that the workflow accepts', () => {
  const names = Object.keys(POLICY_VARIABLES) as readonly (keyof typeof POLICY_VARIABLES)[];
  const setting = fc
    .constantFrom(...names)
    .chain((name) => anyValueOf(name).map((value) => [name, value] as const));
  let followed = 0;
  fc.assert(
    fc.property(fc.array(setting, { minLength: 1, maxLength: 3 }), (settings) => {
      let policy: Policy | undefined;
      const read = () => readEnvironment(POLICY_VARIABLES, Object.fromEntries(settings));
      if (thrownBy(() => (policy = policyOf(read()))) !== undefined) return;
      followed += 1;
      expect(checkedPolicy(policy)).toEqual(policy);
    }),
    runs(1_000),
  );
  expect(followed).toBeGreaterThan(inProportion(100, 1_000));
});

test('a file of keys is parsed, or reported by its name without its content', async () => {
  const file = join(await temporaryFolder(), 'keys');
  const keys = `${KEY} # the new one\n\n${CANARY}:${Buffer.alloc(32, 8).toString('base64')}\n`;
  const written = fc.oneof(
    altered(keys),
    hostileText,
    hostileText.map((text) => `${KEY}\n#${text}`),
  );
  await fc.assert(
    fc.asyncProperty(written, async (text) => {
      await writeFile(file, text);
      const faults: EnvironmentFault[] = [];
      const encryption = encryptionOf({ ONBOARDING_ENCRYPTION_KEYS_FILE: file }, faults);
      expect(faults).toHaveLength(encryption === undefined ? 1 : 0);
      const error = new EnvironmentError(faults);
      expectSafeError(error, {
        kind: EnvironmentError,
        secrets: [CANARY, KEY],
        most: MOST_CHARACTERS,
      });
    }),
    runs(200),
  );
});

const TEMPORAL = [
  ...['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'TEMPORAL_TLS'],
  ...['TEMPORAL_TLS_CLIENT_CERT_PATH', 'TEMPORAL_TLS_CLIENT_KEY_DATA', 'TEMPORAL_PROFILE'],
  ...['TEMPORAL_TLS_SERVER_NAME', 'TEMPORAL_GRPC_META_AUTHORIZATION', 'TEMPORAL_CONFIG_FILE'],
];

let before: NodeJS.ProcessEnv;

beforeEach(() => {
  before = { ...process.env };
});

afterEach(() => {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
});

test('any address of Temporal is accepted, or refused without the API key', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'temporal.toml');
  process.env['ONBOARDING_STATE_DIR'] = folder;
  const toml = `[profile.default]\naddress = "127.0.0.1:7233"\napi_key = "${CANARY}"\n[profile.default.tls]\nserver_name = "a"\n`;
  const value = fc.oneof(
    hostileText,
    fc.constantFrom('true', '1', file, '127.0.0.1:7233', 'default'),
  );
  const set = fc.dictionary(fc.constantFrom(...TEMPORAL), value, { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(
      set,
      fc.oneof(fc.constant(toml), altered(toml), hostileText),
      async (all, written) => {
        await writeFile(file, written);
        for (const name of TEMPORAL) Reflect.deleteProperty(process.env, name);
        Object.assign(process.env, { TEMPORAL_CONFIG_FILE: file }, withoutNul(all));
        const failure = await rejectionOf(temporalPlace());
        if (failure === undefined) return;
        const kind = failure instanceof CommandError ? CommandError : EnvironmentError;
        expectSafeError(failure, { kind, secrets: [CANARY], most: 1_500 });
      },
    ),
    runs(150),
  );
});

/** No system allows a NUL in a variable. */
function withoutNul(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, value.replaceAll('\0', '')]),
  );
}
