import { beforeAll, expect, test } from '@jest/globals';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { serverConfiguration } from '../../drill/processes/server-configuration.ts';
import { isJob, PROJECT, readComposeFile, readText, type ComposeFile } from './compose-file.ts';

let compose: ComposeFile;

beforeAll(async () => {
  compose = await readComposeFile();
});

function services(): ReturnType<typeof Object.entries<ComposeFile['services'][string]>> {
  return Object.entries(compose.services);
}

test('the topology is complete: database, Temporal, its jobs and UI, simulator, worker, gateway, codec, exporter; Prometheus and Grafana', () => {
  expect(Object.keys(compose.services).sort()).toEqual([
    'codec',
    'exporter',
    'gateway',
    'grafana',
    'postgresql',
    'prometheus',
    'simulator',
    'temporal',
    'temporal-namespace',
    'temporal-schema',
    'temporal-ui',
    'worker',
  ]);
});

test('every image of others is pinned to one version', () => {
  const images = services().flatMap(([, { image, build }]) => (build === undefined ? [image] : []));
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) expect(image).toMatch(/^[a-z/-]+:v?\d+\.\d+\.?\d*[\w.-]*$/);
});

test('every service but the jobs restarts, and has a health check of its own or of our image', async () => {
  const ourImageIsChecked = (await readText('Dockerfile')).includes('\nHEALTHCHECK ');
  for (const [name, service] of services()) {
    if (isJob(service)) continue;
    expect([name, service.restart]).toEqual([name, 'unless-stopped']);
    const checked =
      service.healthcheck !== undefined || (service.build !== undefined && ourImageIsChecked);
    expect([name, checked]).toEqual([name, true]);
  }
});

test('each dependency exists, and can reach the condition that is waited for', () => {
  for (const [name, { depends_on = {} }] of services()) {
    for (const [target, { condition }] of Object.entries(depends_on)) {
      const service = compose.services[target];
      expect([name, target, service !== undefined]).toEqual([name, target, true]);
      if (service === undefined) continue;
      const ends = condition === 'service_completed_successfully';
      expect([name, target, isJob(service)]).toEqual([name, target, ends]);
    }
  }
});

const READERS = ['worker', 'temporal-ui', 'gateway', 'exporter', 'codec', 'prometheus', 'grafana'];

test('the worker waits, directly or not, for all that it needs, and for nothing that reads it', () => {
  const waitedFor = (name: string): string[] =>
    Object.keys(compose.services[name]?.depends_on ?? {}).flatMap((next) => [
      next,
      ...waitedFor(next),
    ]);
  expect([...new Set(waitedFor('worker'))].sort()).toEqual(
    Object.keys(compose.services)
      .filter((name) => !READERS.includes(name))
      .sort(),
  );
});

test('every mounted file exists and is read-only, and every named volume is declared', async () => {
  const mounts = services()
    .flatMap(([, { volumes = [] }]) => volumes)
    .map((mount) => mount.split(':'));
  for (const [source = '', , mode] of mounts.filter(([from]) => from?.startsWith('.'))) {
    await expect(access(join(PROJECT, source))).resolves.toBeUndefined();
    expect([source, mode]).toEqual([source, 'ro']);
  }
  const named = mounts.flatMap(([from = '']) => (from.startsWith('.') ? [] : [from]));
  expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
});

test('ports are open on loopback only', () => {
  const ports = services().flatMap(([, service]) => service.ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('every variable has a default or an example value, except the encryption key', async () => {
  const examples = (await readText('deploy/.env.example'))
    .split('\n')
    .map((line) => /^([A-Z0-9_]+)=./.exec(line)?.[1]);
  const text = await readText('docker-compose.yml');
  const used = [...text.matchAll(/\$\{([A-Z0-9_]+)(:-[^}]*)?/g)];
  expect(used.length).toBeGreaterThan(0);
  const needed = used.flatMap(([, name, fallback]) => (fallback === undefined ? [name] : []));
  const missing = new Set(needed.filter((name) => !examples.includes(name)));
  // An example key would end up in use everywhere.
  expect([...missing]).toEqual(['ONBOARDING_ENCRYPTION_KEYS']);
});

test('commands work as they are printed: each finds the values that the file needs', async () => {
  for (const path of ['deploy/README.md', 'docker-compose.yml']) {
    const shown = (await readText(path)).matchAll(/^(?:# +)?((?:cp|docker compose) .*)$/gm);
    const [first, ...others] = [...shown].map(([, command]) => command);
    // Compose reads `.env` for each of its commands, `exec` too, and any other file only with an
    // option.
    expect([path, first]).toEqual([path, 'cp deploy/.env.example .env']);
    expect((await readText(path)).includes(`>> .env`)).toBe(true);
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((command) => command?.includes('--env-file'))).toEqual([]);
  }
  expect((await readText('.gitignore')).split('\n')).toContain('.env');
});

test('COMPOSE_FILE, as it is written everywhere, adds the archive to the database', async () => {
  const written = 'docker-compose.yml:deploy/backup.yml';
  for (const path of ['docs/backup.md', 'deploy/backup.yml', 'deploy/.env.example']) {
    const found = /COMPOSE_FILE=([\w./:-]+)/.exec(await readText(path));
    expect([path, found?.[1]]).toEqual([path, written]);
  }
  const archive = parse(await readText('deploy/backup.yml')) as Pick<typeof compose, 'services'>;
  expect(Object.keys(archive.services)).toEqual(['postgresql']);
  expect(compose.services).toHaveProperty('postgresql');
});

test('secrets come from variables that must be set', () => {
  const secrets = services()
    .flatMap(([, { environment = {} }]) => Object.entries(environment))
    .filter(([name]) => /PASSWORD|PWD|TOKEN|KEY/.test(name))
    // The first only turns something on; most installations have no former key.
    .filter(([name]) => name !== 'TEMPORAL_CODEC_PASS_ACCESS_TOKEN')
    .filter(([name]) => name !== 'ONBOARDING_FORMER_HASH_KEYS');
  expect(secrets.length).toBeGreaterThan(0);
  for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z0-9_]+:\?[^}]+\}$/);
});

test('the simulator and the worker have the same token and key', () => {
  const simulator = compose.services['simulator']?.environment;
  const worker = compose.services['worker']?.environment;
  expect(worker?.['AR24_TOKEN']).toBe(simulator?.['SIMULATOR_TOKEN']);
  expect(worker?.['AR24_PRIVATE_KEY']).toBe(simulator?.['SIMULATOR_PRIVATE_KEY']);
});

test('the server does not listen on all addresses, for which it would need an address for its peers', () => {
  const { environment } = compose.services['temporal'] ?? {};
  expect(Object.keys(environment ?? {})).not.toContain('BIND_ON_IP');
});

test('history has 512 shards, which cannot be changed later, and the drill has as many', () => {
  const { environment } = compose.services['temporal'] ?? {};
  expect(environment?.['NUM_HISTORY_SHARDS']).toBe('512');
  const listening = { grpc: 1, membership: 2 };
  const ports = { frontend: listening, history: listening, matching: listening, worker: listening };
  const { persistence } = serverConfiguration(ports, { port: 3, user: 'temporal' }, '');
  expect(persistence.numHistoryShards).toBe(Number(environment?.['NUM_HISTORY_SHARDS']));
});

test("the links in mails lead to the simulator's published address", () => {
  const { command = [], ports = [] } = compose.services['simulator'] ?? {};
  const published = ports[0]?.split(':').slice(0, -1).join(':');
  expect(command[command.indexOf('--public-url') + 1]).toBe(`http://${published}`);
});

test('the server reads our settings, which turn priorities on and allow more searches', async () => {
  const { environment, volumes } = compose.services['temporal'] ?? {};
  const path = environment?.['DYNAMIC_CONFIG_FILE_PATH'] ?? '';
  expect(volumes).toContain(`./deploy/temporal/dynamicconfig.yaml:${path}:ro`);
  expect(parse(await readText('deploy/temporal/dynamicconfig.yaml'))).toEqual({
    'matching.useNewMatcher': [{ value: true }],
    'frontend.namespaceRPS.visibility': [{ value: 100 }],
  });
});
