import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Connection } from '@temporalio/client';
import {
  findTemporalCli,
  freePort,
  startDevServer,
  type DevServer,
} from '../../devserver/index.ts';
import { findSearchAttributeFaults } from '../../worker/index.ts';
import { denyingGateway } from '../doctor/denying-gateway.ts';
import { ready, prints, startWorker, stop } from './worker.ts';
import { days } from '../support/days.ts';

let folder: string;
let port: number;
let server: DevServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  port = await freePort();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Without search attributes, like any new Temporal. */
async function startTemporal(): Promise<DevServer> {
  return startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: join(folder, 'temporal.log'),
  });
}

async function onServer<T>(use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: server.address });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function makeNamespace(namespace: string): Promise<void> {
  const workflowExecutionRetentionPeriod = days(30);
  await onServer(({ workflowService }) =>
    workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod }),
  );
}

test('a worker waits for an unavailable Temporal, and registers the attributes that its namespace lacks', async () => {
  const healthPort = await freePort();
  const worker = startWorker({
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    ONBOARDING_HEALTH_PORT: String(healthPort),
  });
  await prints(worker, 'waiting for Temporal');
  const health = `http://127.0.0.1:${healthPort}`;
  expect((await fetch(`${health}/live`)).status).toBe(200);
  expect((await fetch(`${health}/ready`)).status).toBe(503);
  server = await startTemporal();
  await expect(ready(worker)).resolves.toMatchObject({ namespace: 'default' });
  const faults = await onServer((connection) => findSearchAttributeFaults(connection, 'default'));
  expect(faults).toEqual({ full: [], missing: [], mistyped: [] });
  const { code, out } = await stop(worker);
  expect(code).toBe(0);
  expect(out.trim().split('\n')).toHaveLength(1);
});

test('a worker that waits for Temporal ends at once at SIGTERM', async () => {
  const worker = startWorker({ TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}` });
  await prints(worker, 'waiting for Temporal');
  expect((await stop(worker)).code).toBe(0);
});

test('a namespace that does not exist ends it, with the command that creates one', async () => {
  const worker = startWorker({ TEMPORAL_ADDRESS: server.address, TEMPORAL_NAMESPACE: 'nowhere' });
  const { code, err } = await worker.end;
  expect(code).toBe(2);
  expect(err).toContain('temporal operator namespace create --namespace nowhere');
});

test('refused credentials end it', async () => {
  const gateway = await denyingGateway(server.address, ['GetSystemInfo']);
  const { code, err } = await startWorker({ TEMPORAL_ADDRESS: gateway.address }).end;
  await gateway.close();
  expect(code).toBe(2);
  expect(err).toContain('TEMPORAL_API_KEY');
});

test('search attributes that it may not add end it, with the commands that add them', async () => {
  const gateway = await denyingGateway(server.address, ['OperatorService']);
  await makeNamespace('bare');
  const { code, err } = await startWorker({
    TEMPORAL_ADDRESS: gateway.address,
    TEMPORAL_NAMESPACE: 'bare',
  }).end;
  await gateway.close();
  expect(code).toBe(2);
  expect(err).toContain(
    'temporal operator search-attribute create --namespace bare --name OnboardingStatus --type Keyword',
  );
});

test('pinned onboardings are refused on a server that would never report a newer build to them', async () => {
  const { code, err } = await startWorker({
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_DEPLOYMENT_NAME: 'old-server',
    TEMPORAL_WORKER_BUILD_ID: '1',
    TEMPORAL_VERSIONING_BEHAVIOR: 'pinned',
  }).end;
  expect(code).toBe(2);
  expect(err).toContain('pinned onboardings need 1.32 or newer');
});

test('a version that nobody made current is logged with the command that makes it so', async () => {
  const worker = startWorker({
    TEMPORAL_ADDRESS: server.address,
    TEMPORAL_DEPLOYMENT_NAME: 'forgotten',
    TEMPORAL_WORKER_BUILD_ID: '1',
  });
  await prints(worker, 'version forgotten:1 is neither current nor ramping');
  expect(worker.err()).toContain(
    'temporal worker deployment set-current-version --namespace default --deployment-name forgotten --build-id 1',
  );
});

test('a taken port is reported with the variable that sets another', async () => {
  const other = createServer().listen(0, '0.0.0.0');
  await once(other, 'listening');
  const address = other.address();
  const taken = typeof address === 'object' ? address?.port : undefined;
  const health = await startWorker({
    TEMPORAL_ADDRESS: server.address,
    ONBOARDING_HEALTH_PORT: String(taken),
  }).end;
  const metrics = await startWorker({
    TEMPORAL_ADDRESS: server.address,
    ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${String(taken)}`,
  }).end;
  other.close();
  expect(health).toMatchObject({
    code: 2,
    err: expect.stringContaining('ONBOARDING_HEALTH_PORT'),
  });
  expect(metrics).toMatchObject({
    code: 2,
    err: expect.stringContaining('ONBOARDING_METRICS_ADDRESS'),
  });
});
