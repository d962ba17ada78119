/** The programs accept the environment that the chart gives them, with each of the values files. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { access, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codecSettings } from '../../../cli/codec/settings.ts';
import { environmentFaults } from '../../../cli/environment/all-faults.ts';
import type { EnvironmentFault } from '../../../cli/environment/environment-error.ts';
import type { Environment } from '../../../cli/environment/read-environment.ts';
import { isSet } from '../../../cli/environment/secret-files.ts';
import { ALL_VARIABLES, ENVIRONMENT_TABLE } from '../../../cli/environment/table.ts';
import { EXIT } from '../../../cli/exit-codes.ts';
import { gatewaySettings } from '../../../cli/gateway/settings.ts';
import { temporalServer } from '../../../cli/worker/place.ts';
import { workerSettings } from '../../../cli/worker/settings.ts';
import { createEncryptionKey } from '../../../codec/index.ts';
import { createNamedKey } from '../../../codec/named-key.ts';
import { freePort } from '../../../devserver/port.ts';
import { createApiKey } from '../../../gateway/api-keys.ts';
import { runOnboard } from '../../cli/onboard.ts';
import { temporaryFolder } from '../../devserver/temporary-folder.ts';
import { readText } from '../compose-file.ts';
import { containerOf, podsIn, render, VALUES_FILES, type Rendered } from './chart.ts';

const SIGNING = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Values of the Secrets' entries, by variable. */
const SECRETS: Environment = {
  AR24_TOKEN: 'any',
  AR24_PRIVATE_KEY: 'any',
  ONBOARDING_HASH_KEY: createNamedKey('one'),
  ONBOARDING_FORMER_HASH_KEYS: createNamedKey('before'),
  ONBOARDING_API_KEYS: createApiKey('any', ['read']).written,
  ONBOARDING_LINK_KEYS: createNamedKey('any'),
  ONBOARDING_AR24_WEBHOOK_SECRETS: 'sixteen-or-more-characters',
  ONBOARDING_NOTIFY_URL: 'https://app.example.org/notifications?token=any',
  ONBOARDING_NOTIFY_SECRETS: SIGNING,
  OTEL_EXPORTER_OTLP_HEADERS: 'api-key=any',
  TEMPORAL_API_KEY: 'any',
  CRM_WEBHOOK_SECRETS: SIGNING,
};

/** Variables that Node itself reads. */
const OF_NODE = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'];

/** Variables of other programs: of a source of events, of Temporal's command line, of Node. */
const OTHERS = ['CRM_WEBHOOK_SECRETS', 'HOME', ...OF_NODE];

/** Pods in which operators run commands. */
const FOR_COMMANDS = ['doctor', 'operator', 'worker'];

/** The environment of a part. Files that are mounted in it are written, and the paths in values lead to them. */
async function environmentOf(rendered: Rendered, part: string): Promise<Environment> {
  const pod = podsIn(rendered).get(part);
  const { env, volumeMounts } = containerOf(rendered, part);
  const root = await temporaryFolder();
  for (const { name, mountPath } of volumeMounts) {
    const volume = pod?.spec.volumes.find((one) => one.name === name);
    await mkdir(join(root, mountPath), { recursive: true });
    const items = [
      ...(volume?.secret?.items ?? []),
      ...(volume?.projected?.sources ?? []).flatMap(({ secret }) => secret.items),
    ];
    for (const { path } of items) {
      const text =
        path === 'encryption-keys' ? createEncryptionKey('any') : (SECRETS[path] ?? path);
      await writeFile(join(root, mountPath, path), text);
    }
    const map = rendered.objects.find(
      ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === volume?.configMap?.name,
    );
    for (const [path, text] of Object.entries(map?.data ?? {})) {
      await writeFile(join(root, mountPath, path), text);
    }
  }
  const values = env.map(({ name, value = SECRETS[name] }) => {
    if (value === undefined) throw new Error(`no value for the secret ${name}`);
    return [name, value.startsWith('/etc/') ? join(root, value) : value] as const;
  });
  return Object.fromEntries(values);
}

const SETTINGS: Readonly<
  Record<string, (environment: Environment, faults: EnvironmentFault[]) => unknown>
> = { worker: workerSettings, gateway: gatewaySettings, codec: codecSettings };

describe.each(VALUES_FILES)('%s', (file) => {
  let rendered: Rendered;

  beforeAll(async () => {
    rendered = await render(file);
  });

  test('no variable is set that no program has, or that the part does not read', () => {
    for (const [part, { spec }] of podsIn(rendered)) {
      const names = spec.containers[0].env.map(({ name }) => name);
      expect([part, new Set(names).size]).toEqual([part, names.length]);
      const misplaced = names
        .filter((name) => !OTHERS.includes(name.replace(/_FILE$/, '')))
        .filter((name) => {
          const variable = ALL_VARIABLES[name.replace(/_FILE$/, '')] ?? ALL_VARIABLES[name];
          const readers: readonly string[] = variable?.neededBy ?? [];
          if (FOR_COMMANDS.includes(part) && readers.includes('commands')) return false;
          return part in SETTINGS ? !readers.includes(part) : readers.length === 0;
        });
      expect([part, misplaced]).toEqual([part, []]);
    }
  });

  test('each part starts with its environment', async () => {
    for (const [part, settings] of Object.entries(SETTINGS)) {
      if (!podsIn(rendered).has(part)) continue;
      const environment = await environmentOf(rendered, part);
      const faults: EnvironmentFault[] = [];
      expect([part, settings(environment, faults), faults]).toEqual([part, expect.anything(), []]);
      if (part === 'codec') continue;
      expect([part, temporalServer(faults, environment), faults]).toEqual([
        part,
        expect.anything(),
        [],
      ]);
    }
  });

  test.each(FOR_COMMANDS)(
    '%s: every command finds the keys that it needs, and no fault in its environment',
    async (part) => {
      const environment = await environmentOf(rendered, part);
      expect(environmentFaults(environment, 'to be set')).toEqual([]);
      expect(isSet(environment, 'ONBOARDING_HASH_KEY')).toBe(true);
      expect(environment).toHaveProperty('ONBOARDING_RETENTION_DAYS');
    },
  );
});

const OF_LINKS = {
  'gateway.env.ONBOARDING_LINK_DAYS': '7',
  'gateway.env.ONBOARDING_RETURN_HOSTS': 'app.example.org',
  'gateway.env.ONBOARDING_MAILS_PER_ADDRESS_AND_DAY': '9',
};

test.each(['true', 'false'])(
  'with secrets.asFiles=%s, the pods of commands make links, limit mails and know of webhooks as the gateway does, and a worker has no key of links',
  async (asFiles) => {
    const settings = Object.entries(OF_LINKS).map(([name, value]) => `${name}=${value}`);
    const rendered = await render('everything.yaml', settings, [`secrets.asFiles=${asFiles}`]);
    const ofLinks = (part: string) => {
      const { env } = containerOf(rendered, part);
      const names = /^ONBOARDING_(LINK|PUBLIC_URL|RETURN|MAILS|AR24_WEBHOOK_SECRETS)/;
      return env.filter(({ name }) => names.test(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    };
    expect(ofLinks('gateway')).toHaveLength(6);
    for (const part of ['operator', 'doctor']) {
      expect(ofLinks(part)).toEqual(ofLinks('gateway'));
    }
    expect(ofLinks('worker')).toEqual([]);
  },
);

test('onboard link finds all its settings in the pod of the operator', async () => {
  const operator = await environmentOf(await render('own-temporal.yaml'), 'operator');
  // Nothing listens there: without its settings the command would exit before it calls Temporal.
  const env = { ...operator, TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` };
  expect((await runOnboard(['link', 'first'], { env })).code).toBe(EXIT.unavailable);
});

test('without a gateway, the pods of commands need no key of links', async () => {
  const { text } = await render('own-temporal.yaml', [], ['gateway.enabled=false']);
  expect(text).not.toContain('link-keys');
});

test('the commands that the notes run in the pod of a gateway find all their settings there', async () => {
  const notes = await readText('deploy/helm/sender-onboarding/templates/NOTES.txt');
  const commands = [...notes.matchAll(/-gateway -- onboard (.+)/g)].map(([, words = '']) => words);
  expect(commands).toEqual(['start first --email YOU@EXAMPLE.ORG', 'status first']);
  // Nothing listens there: a command whose settings are incomplete would exit with another code.
  const env = {
    ...(await environmentOf(await render('own-temporal.yaml'), 'gateway')),
    TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
  };
  for (const command of commands) {
    const { code } = await runOnboard(command.split(' '), { env });
    expect([command, code]).toEqual([command, EXIT.unavailable]);
  }
});

test('with secrets.asFiles no secret is in an environment, and a file follows its Secret', async () => {
  const asFiles = await render('everything.yaml');
  for (const [part, { spec }] of podsIn(asFiles)) {
    const { env, volumeMounts } = spec.containers[0];
    const inEnvironment = env.filter(({ valueFrom }) => valueFrom !== undefined);
    expect([part, inEnvironment.map(({ name }) => name)]).toEqual([part, []]);
    // Kubernetes does not update a file that is mounted by subPath.
    expect([part, volumeMounts.filter((mount) => 'subPath' in mount)]).toEqual([part, []]);
  }
});

test('each part finds the file of NODE_EXTRA_CA_CERTS, and the codec server no key of the connection to Temporal', async () => {
  const everything = await render('everything.yaml', [
    'gateway.env.NODE_EXTRA_CA_CERTS=/etc/temporal/tls/ca.crt',
    'exporter.env.NODE_EXTRA_CA_CERTS=/etc/temporal/tls/ca.crt',
  ]);
  for (const part of ['worker', 'gateway', 'codec', 'exporter']) {
    const { NODE_EXTRA_CA_CERTS: file = '' } = await environmentOf(everything, part);
    await expect(access(file)).resolves.toBeUndefined();
    const files = await readdir(dirname(file));
    expect([part, files.includes('tls.key')]).toEqual([part, part !== 'codec']);
  }
});

test('a number that is out of its range is found', async () => {
  const rendered = await render('own-temporal.yaml', ['worker.env.ONBOARDING_DEADLINE_DAYS=1000']);
  const faults: EnvironmentFault[] = [];
  workerSettings(await environmentOf(rendered, 'worker'), faults);
  expect(faults.map(({ name }) => name)).toEqual(['ONBOARDING_DEADLINE_DAYS']);
});

test.each([
  ['cloud-mtls.yaml', { tls: { clientCertPair: expect.anything() } }],
  ['cloud-api-key.yaml', { tls: true, apiKey: 'any' }],
  ['everything.yaml', { tls: { serverNameOverride: 'temporal.internal.example.org' } }],
])('%s: the connection to Temporal is secured', async (file, connection) => {
  const faults: EnvironmentFault[] = [];
  const environment = await environmentOf(await render(file), 'worker');
  const server = temporalServer(faults, environment);
  expect(server).toMatchObject({
    connection: { address: environment['TEMPORAL_ADDRESS'], ...connection },
    namespace: environment['TEMPORAL_NAMESPACE'],
  });
});

/** Variables that the values do not offer. */
const LEFT_OUT = [
  // The keys are mounted as a file, and everything is encrypted.
  'ONBOARDING_ENCRYPTION_KEYS',
  'ONBOARDING_ALLOW_PLAINTEXT',
  // The values under `temporal` count.
  'TEMPORAL_PROFILE',
  'TEMPORAL_CONFIG_FILE',
];

/** A text, or in a Secret where it holds credentials. */
const EITHER_WAY = 'ONBOARDING_NOTIFY_URL';

test.each(['worker', 'gateway', 'codec', 'exporter'])(
  '%s: the schema of values has those of Node, and every variable that is neither secret nor set by the chart',
  async (part) => {
    const templates = await Promise.all(
      ['_helpers.tpl', 'worker.yaml', 'gateway.yaml', 'codec.yaml', 'exporter.yaml'].map((name) =>
        readText(`deploy/helm/sender-onboarding/templates/${name}`),
      ),
    );
    const set = [...templates.join('\n').matchAll(/- name: ([A-Z0-9_]+)|"([A-Z0-9_]+)" \./g)];
    const notOffered = [...LEFT_OUT, ...set.map(([, one, secret]) => one ?? secret)].filter(
      (name) => name !== EITHER_WAY,
    );
    const read = ENVIRONMENT_TABLE.filter(({ neededBy }) =>
      (neededBy as readonly string[]).includes(part),
    );
    const expected = read.map(({ name }) => name).filter((name) => !notOffered.includes(name));
    const schema = JSON.parse(
      await readText('deploy/helm/sender-onboarding/values.schema.json'),
    ) as Readonly<
      Record<
        'properties',
        Record<string, Record<'properties', Record<'env', { properties: object }>>>
      >
    >;
    const offered = Object.keys(schema.properties[part]?.properties.env.properties ?? {});
    expect(offered.sort()).toEqual([...OF_NODE, ...expected].sort());
    const secret = expected.filter((name) => ALL_VARIABLES[name]?.secret === true);
    expect(secret.filter((name) => name !== EITHER_WAY)).toEqual([]);
  },
);
