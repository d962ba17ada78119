/** Each pod of the chart is confined, is probed at routes that exist, and has time to end. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fastify from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createEncryptionKey, parseEncryptionKeys } from '../../../codec/index.ts';
import { buildCodecServer } from '../../../codec/server/server.ts';
import { TemporalUnavailableError } from '../../../client/index.ts';
import { health } from '../../../gateway/health.ts';
import { TemporalCalls } from '../../../gateway/temporal-calls.ts';
import { serveMetrics } from '../../../metrics/prometheus.ts';
import { serveHealth } from '../../../worker/index.ts';
import { containerOf, podsIn, render, VALUES_FILES, valueOf, type Rendered } from './chart.ts';

let all: Rendered;

beforeAll(async () => {
  all = await render('everything.yaml');
});

describe.each(VALUES_FILES)('%s', (file) => {
  test('no pod runs as root, writes to its image, gains privileges, or has a token of Kubernetes', async () => {
    const pods = podsIn(await render(file));
    expect(pods.size).toBeGreaterThan(3);
    for (const [part, { spec }] of pods) {
      expect([part, spec.securityContext]).toEqual([
        part,
        {
          runAsNonRoot: true,
          runAsUser: 1000,
          runAsGroup: 1000,
          fsGroup: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      ]);
      expect([part, spec.containers[0].securityContext]).toEqual([
        part,
        {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      ]);
      expect([part, spec.automountServiceAccountToken, spec.enableServiceLinks]).toEqual([
        part,
        false,
        false,
      ]);
    }
  });
});

/** Whether the gateway's Temporal does not answer. */
let isAway = false;

/** Where each process answers probes. */
const processes: {
  [part: string]: { ask(path: string): Promise<number>; close(): Promise<void> };
} = {};

beforeAll(async () => {
  const worker = await serveHealth(
    { isReady: () => Promise.resolve(true) },
    { port: 0, host: '127.0.0.1' },
  );
  const gateway = fastify();
  const ping = () =>
    isAway ? Promise.reject(new TemporalUnavailableError('away')) : Promise.resolve();
  const onboardings = { ping };
  const stopping = new AbortController().signal;
  const options = { onboardings, calls: new TemporalCalls(onboardings), stopping };
  await gateway.register((app, _none, done) => {
    health(app, options, done);
  });
  const codec = await buildCodecServer({
    keys: parseEncryptionKeys(createEncryptionKey('any')),
    origins: [],
    admission: { kind: 'secret-path', secret: 'any' },
    logger: pino({ level: 'silent' }),
  });
  const exporter = await serveMetrics(new Registry(), { port: 0, host: '127.0.0.1' }, () => true);
  processes['exporter'] = {
    ask: async (path) => (await fetch(new URL(path, exporter.url))).status,
    close: () => exporter.close(),
  };
  processes['worker'] = {
    ask: async (path) => (await fetch(`http://127.0.0.1:${worker.port}${path}`)).status,
    close: () => worker.close(),
  };
  for (const [part, app] of Object.entries({ gateway, codec })) {
    const ask = async (path: string): Promise<number> => (await app.inject(path)).statusCode;
    processes[part] = { ask, close: () => app.close() };
  }
});

afterAll(async () => {
  for (const one of Object.values(processes)) await one.close();
});

test.each([
  ['worker', 'health', '8090', 'ONBOARDING_HEALTH_PORT'],
  ['gateway', 'http', '8080', 'ONBOARDING_GATEWAY_PORT'],
  ['codec', 'http', '8234', 'ONBOARDING_CODEC_PORT'],
  ['exporter', 'metrics', '9466', 'ONBOARDING_EXPORTER_ADDRESS'],
])(
  '%s: the probes request routes that the process has, on its port',
  async (part, name, port, variable) => {
    const container = containerOf(all, part);
    const { startupProbe, livenessProbe, readinessProbe } = container;
    for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
      expect(probe?.httpGet.port).toBe(name);
      expect([probe, await processes[part]?.ask(probe?.httpGet.path ?? '')]).toEqual([probe, 200]);
    }
    const { containerPort } = container.ports?.find((one) => one.name === name) ?? {};
    const listensAt = valueOf(container, variable)?.replace(/^0\.0\.0\.0:/, '');
    expect([String(containerPort), listensAt]).toEqual([port, port]);
    expect(await processes[part]?.ask('/no-such-route')).toBe(404);
  },
);

test('what may be slow or away restarts no process: liveness does not ask whether Temporal answers', () => {
  for (const [part, { spec }] of podsIn(all)) {
    const [{ livenessProbe, startupProbe }] = spec.containers;
    if (livenessProbe === undefined) continue;
    expect([part, livenessProbe.httpGet.path, startupProbe?.httpGet.path]).toEqual([
      part,
      '/live',
      '/live',
    ]);
  }
});

test('a gateway without Temporal stays in its Service, so that callers get its answer and not that of their proxy', async () => {
  const path = containerOf(all, 'gateway').readinessProbe?.httpGet.path ?? '';
  expect(await processes['gateway']?.ask(path)).toBe(200);
  isAway = true;
  expect(await processes['gateway']?.ask('/ready')).toBe(503);
  expect(await processes['gateway']?.ask(path)).toBe(200);
  isAway = false;
});

test('a gateway is not ready before it stops to serve, and has the time to end', () => {
  const container = containerOf(all, 'gateway');
  const grace = Number(valueOf(container, 'ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S'));
  const { periodSeconds = 0, failureThreshold = 0 } = container.readinessProbe ?? {};
  expect(grace).toBe(30);
  expect(periodSeconds * failureThreshold).toBeLessThanOrEqual(10);
  // And 10 seconds for requests in flight (docs/operating.md).
  const kill = podsIn(all).get('gateway')?.spec.terminationGracePeriodSeconds ?? 0;
  expect(kill).toBeGreaterThan(grace + 10);
});

test('a worker has the time to end its calls', async () => {
  const rendered = await render('own-temporal.yaml', [], ['worker.shutdownGraceSeconds=120']);
  const grace = Number(valueOf(containerOf(rendered, 'worker'), 'ONBOARDING_SHUTDOWN_GRACE_S'));
  expect(grace).toBe(120);
  const kill = podsIn(rendered).get('worker')?.spec.terminationGracePeriodSeconds ?? 0;
  expect(kill).toBeGreaterThan(grace + 20);
});

test('the copies of a part are spread over zones and machines', () => {
  for (const part of ['worker', 'gateway', 'codec']) {
    const spread = podsIn(all).get(part)?.spec.topologySpreadConstraints ?? [];
    const keys = spread.map(({ topologyKey }) => topologyKey);
    expect([part, keys]).toEqual([part, ['topology.kubernetes.io/zone', 'kubernetes.io/hostname']]);
  }
});

test('the pod for operators runs only when they scale it, and then waits for their commands', () => {
  const deployment = all.objects.find(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name.endsWith('-operator'),
  );
  expect(deployment?.spec?.['replicas']).toBe(0);
  // In place of the image's entry point, which would run `onboard`.
  expect(containerOf(all, 'operator').command).toEqual(['sleep', 'infinity']);
});

test('a change of a file in a ConfigMap replaces the pods that mount it, and no others', async () => {
  const templates = async (settings: readonly string[]) =>
    podsIn(await render('everything.yaml', settings));
  const before = await templates([]);
  const after = await templates(['gateway.eventSources.sources[0].fields.email=$.data.mail']);
  const changed = [...before].filter(
    ([part, pod]) => JSON.stringify(pod) !== JSON.stringify(after.get(part)),
  );
  expect(changed.map(([part]) => part)).toEqual(['gateway']);
  const again = await templates([]);
  expect(again).toEqual(before);
  // The job of the set-up is made again at each upgrade.
  const mounting = [...before].filter(([, { spec }]) => spec.volumes.some((one) => one.configMap));
  expect(mounting.map(([part]) => part).sort()).toEqual(['gateway', 'set-up']);
});
