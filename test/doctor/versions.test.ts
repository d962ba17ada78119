/** What doctor and the exporter say of the versions of workers, as operators make them current, one after another. */
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { checkVersions } from '../../cli/doctor/versions.ts';
import { readOnce } from '../../cli/exporter/round.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { dataConverter, KEYS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { SETTINGS } from '../support/settings.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { useDoctor } from './fixture.ts';

const deploymentName = 'onboarding';
const doctor = useDoctor();
let namespace: string;
const stops: (() => Promise<void>)[] = [];

beforeAll(quietRuntime);

beforeEach(async () => {
  namespace = await doctor.namespace();
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function startWorker(buildId?: string): Promise<() => Promise<void>> {
  const connection = await NativeConnection.connect({ address: doctor.server.address });
  const { apiUrl: baseUrl, token, privateKey } = doctor.simulator;
  const worker = await createOnboardingWorker({
    dataConverter,
    connection,
    namespace,
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    settings: SETTINGS,
    maxCallsPerSecond: 10,
    version:
      buildId === undefined ? undefined : { deploymentName, buildId, behavior: 'auto-upgrade' },
    workflowBundle: await workflowBundle(),
  });
  const run = worker.run();
  const stop = async (): Promise<void> => {
    worker.shutdown();
    await run;
    await connection.close();
  };
  stops.push(stop);
  return stop;
}

/** Makes a version current, or, with a percentage, ramping. */
async function route(buildId: string, percentage?: number): Promise<void> {
  const { workflowService } = doctor.connection;
  const version = { namespace, deploymentName, buildId };
  await eventually(
    `the server knows ${buildId}`,
    () =>
      (percentage === undefined
        ? workflowService.setWorkerDeploymentCurrentVersion(version)
        : workflowService.setWorkerDeploymentRampingVersion({ ...version, percentage })
      ).then(
        () => true,
        () => false,
      ),
    (known) => known,
  );
}

/** The check, once it finds that: the server lists pollers and routes with a delay. */
async function finding(found: string) {
  const temporal = new Client({ connection: doctor.connection, namespace });
  return eventually(
    found,
    () => checkVersions(temporal),
    (check) => check.found === found,
  );
}

/** The test server counts ten times a second. */
const COUNT_EVERY_MS = 150;

/** The exporter's count of workers, and the keys that it has read from them. */
async function exported() {
  const temporal = new Client({ connection: doctor.connection, namespace });
  let workers: number | undefined;
  const keys: string[] = [];
  await readOnce({
    temporal,
    record(metric, labels, value) {
      if (metric === 'onboarding_workers') workers = value;
      if ('key' in labels) keys.push(String(labels.key));
    },
    turn: () => pause(COUNT_EVERY_MS),
  });
  return { workers, keys };
}

test('a version that nobody made current fails, with the command; then it is well', async () => {
  await startWorker('1');
  const none =
    'no version is current, although there are workers of onboarding:1 (1 worker): no onboarding makes progress';
  const { state, todo } = await finding(none);
  expect(state).toBe('failed');
  // The keys are at hand, although their worker gets no onboardings.
  expect(await exported()).toEqual({ workers: 0, keys: [KEYS[0].id] });
  expect(todo).toContain(
    `temporal worker deployment set-current-version --namespace ${namespace} --deployment-name onboarding --build-id 1`,
  );
  await route('1');
  expect((await finding('current: onboarding:1 (1 worker)')).state).toBe('ok');
  expect((await exported()).workers).toBe(1);
});

test('beside workers without a version it is a warning', async () => {
  await startWorker();
  expect((await finding('the workers have no version')).state).toBe('ok');
  await startWorker('1');
  const others =
    'no version is current, although there are workers of onboarding:1 (1 worker): workers without a version get the onboardings';
  expect((await finding(others)).state).toBe('warning');
  expect((await exported()).workers).toBe(1);
  await route('1');
  await finding('current: onboarding:1 (1 worker)');
  // The worker without a version gets none from now on.
  expect((await exported()).workers).toBe(1);
});

test('a ramping version is named with its share', async () => {
  await startWorker('1');
  await startWorker('2');
  await route('1');
  const one = 'current: onboarding:1 (1 worker)';
  expect((await finding(`${one}; also: onboarding:2 (1 worker)`)).state).toBe('ok');
  expect((await exported()).workers).toBe(1);
  await route('2', 50);
  const both = `${one}; ramping, 50 %: onboarding:2 (1 worker)`;
  expect((await finding(both)).state).toBe('ok');
  expect((await exported()).workers).toBe(2);
});
