import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import {
  findTemporalCli,
  freePort,
  startDevServer,
  type DevServer,
} from '../../devserver/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import {
  ATTRIBUTES,
  DEFAULT_POLICY,
  TASK_QUEUE,
  viewQuery,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { onboardingRequest } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { heldAr24 } from './held-ar24.ts';
import { PRIVATE_KEY, ready, startWorker, stop, TOKEN } from './worker.ts';
import { dataConverter } from '../support/encryption.ts';

let folder: string;
let server: DevServer;
let simulator: Simulator;
let connection: Connection;
let temporal: Client;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: Object.values(ATTRIBUTES),
    logFile: join(folder, 'temporal.log'),
  });
  simulator = await startSimulator({ port: 0, token: TOKEN, privateKey: PRIVATE_KEY });
  connection = await Connection.connect({ address: server.address });
  temporal = new Client({ connection, dataConverter });
});

afterAll(async () => {
  await connection.close();
  await simulator.stop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/**
 * The workers here have AR24s of their own, and share a namespace that belongs to one AR24 account.
 */
async function forgetAr24Account(): Promise<void> {
  await temporal.workflow
    .getHandle('sender-onboarding-ar24-account')
    .terminate()
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
}

afterEach(forgetAr24Account);

function environment(changes: Readonly<Record<string, string>> = {}) {
  return { TEMPORAL_ADDRESS: server.address, AR24_BASE_URL: simulator.apiUrl, ...changes };
}

async function startSender(reference: string, email = onboardingRequest().email) {
  const request = onboardingRequest({ reference, email });
  return temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(reference),
    taskQueue: TASK_QUEUE,
    args: [
      { request, emailHashes: ['1.own'], accessRequestedBefore: false, policy: DEFAULT_POLICY },
    ],
  });
}

type Sender = Awaited<ReturnType<typeof startSender>>;

/** Types of the activities that Temporal has seen completed. */
async function completedIn(sender: Sender): Promise<readonly string[]> {
  const { events = [] } = await sender.fetchHistory();
  const scheduled = new Map(
    events?.map(({ eventId, activityTaskScheduledEventAttributes: attributes }) => [
      String(eventId),
      attributes?.activityType?.name ?? '',
    ]),
  );
  return (events ?? []).flatMap(({ activityTaskCompletedEventAttributes: attributes }) => {
    const type = attributes && scheduled.get(String(attributes.scheduledEventId));
    return type === undefined || type === null ? [] : [type];
  });
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

test('a worker takes work, and loads no line of the simulator', async () => {
  const loaded = join(folder, 'loaded.txt');
  const hook = `
    import { appendFileSync } from 'node:fs';
    import { registerHooks } from 'node:module';
    registerHooks({
      load(url, context, next) {
        appendFileSync(${JSON.stringify(loaded)}, url + '\\n');
        return next(url, context);
      },
    });
  `;
  const preload = `data:text/javascript,${encodeURIComponent(hook)}`;
  const worker = startWorker(environment({ NODE_OPTIONS: `--import=${preload}` }));
  await ready(worker);
  const sender = await startSender('takes-work');
  await eventually(
    'asked for access',
    () => Promise.resolve(simulator.ledger().calls),
    (calls) => JSON.stringify(calls).includes('request_access'),
  );
  await sender.terminate();
  await stop(worker);

  const modules = await readFile(loaded, 'utf8');
  expect(modules).toContain('/worker/onboarding-worker.ts');
  expect(modules).not.toMatch(/\/(simulator|devserver)\//);
});

test('it serves its health and its metrics', async () => {
  const metricsAddress = `127.0.0.1:${await freePort()}`;
  const worker = startWorker(environment({ ONBOARDING_METRICS_ADDRESS: metricsAddress }));
  const { healthPort } = await ready(worker);
  await expect(statusOf(`http://127.0.0.1:${healthPort}/live`)).resolves.toBe(200);
  await expect(statusOf(`http://127.0.0.1:${healthPort}/ready`)).resolves.toBe(200);
  const metrics = await (await fetch(`http://${metricsAddress}/metrics`)).text();
  expect(metrics).toContain('temporal_worker_task_slots_available');
  await stop(worker);
});

test('it is not ready while Temporal is unavailable, but alive', async () => {
  const theirs = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: Object.values(ATTRIBUTES),
    logFile: join(folder, 'theirs.log'),
  });
  const worker = startWorker(environment({ TEMPORAL_ADDRESS: theirs.address }));
  const { healthPort } = await ready(worker);
  await expect(statusOf(`http://127.0.0.1:${healthPort}/ready`)).resolves.toBe(200);
  await theirs.stop();
  await eventually(
    'not ready any more',
    () => statusOf(`http://127.0.0.1:${healthPort}/ready`),
    (status) => status === 503,
  );
  await expect(statusOf(`http://127.0.0.1:${healthPort}/live`)).resolves.toBe(200);
  expect((await stop(worker)).code).toBe(0);
});

test('a call in flight at SIGTERM may end, and the next worker does not repeat it', async () => {
  const person = new Person(simulator, 'in-flight@example.org');
  simulator.createAccount({ email: person.email });
  const ar24 = await heldAr24(simulator.apiUrl, 'POST');
  const completed = ['readPolicy', 'readAccount', 'requestAccess'];
  const worker = startWorker(environment({ AR24_BASE_URL: ar24.apiUrl }));
  const { healthPort } = await ready(worker);
  const sender = await startSender('in-flight', person.email);
  await ar24.called;
  const ended = stop(worker);
  await eventually(
    'not ready any more',
    () => statusOf(`http://127.0.0.1:${healthPort}/ready`),
    (status) => status === 503,
  );
  await expect(statusOf(`http://127.0.0.1:${healthPort}/live`)).resolves.toBe(200);
  ar24.letGo();

  expect((await ended).code).toBe(0);
  await expect(completedIn(sender)).resolves.toEqual(completed);
  await ar24.close();

  await forgetAr24Account();
  const next = startWorker(environment());
  await ready(next);
  await eventually(
    'waits for the holder',
    () => sender.query(viewQuery),
    ({ status }) => status === 'awaiting-attachment',
  );
  await stop(next);
  expect(person.mails()).toHaveLength(1);
  await expect(completedIn(sender)).resolves.toEqual(completed);
  await sender.terminate();
});

test('a call that does not end within the grace period is cancelled, and tried again later', async () => {
  const ar24 = await heldAr24(simulator.apiUrl);
  const env = environment({ AR24_BASE_URL: ar24.apiUrl, ONBOARDING_SHUTDOWN_GRACE_S: '0' });
  const worker = startWorker(env);
  await ready(worker);
  const sender = await startSender('cancelled');
  await ar24.called;

  expect((await stop(worker)).code).toBe(0);
  const { raw } = await sender.describe();
  expect(raw.pendingActivities).toMatchObject([{ attempt: 2 }]);
  await sender.terminate();
  await ar24.close();
});

test('it accepts work while AR24 is unavailable, which continues once AR24 is back', async () => {
  const port = await freePort();
  const worker = startWorker(environment({ AR24_BASE_URL: `http://127.0.0.1:${port}/api/` }));
  const { healthPort } = await ready(worker);
  const sender = await startSender('before-ar24');
  await eventually(
    'failed tries',
    () => sender.describe(),
    ({ raw }) => (raw.pendingActivities?.[0]?.attempt ?? 0) > 1,
  );
  await expect(statusOf(`http://127.0.0.1:${healthPort}/ready`)).resolves.toBe(200);
  const late = await startSimulator({ port, token: TOKEN, privateKey: PRIVATE_KEY });
  await eventually(
    'waits for the form',
    () => sender.query(viewQuery),
    ({ status }) => status === 'awaiting-registration',
  );
  await sender.terminate();
  await stop(worker);
  await late.stop();
});

test('its log is one JSON object a line, without a secret or an address', async () => {
  const worker = startWorker(environment({ ONBOARDING_LOG_LEVEL: 'trace' }));
  await ready(worker);
  const sender = await startSender('logged');
  await eventually(
    'access requested',
    () => completedIn(sender),
    (completed) => completed.includes('requestAccess'),
  );
  const { err } = await stop(worker);
  await sender.terminate();
  const lines = err.trim().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line)).length).toBeGreaterThan(2);
  const { email } = onboardingRequest();
  for (const unwanted of [TOKEN, PRIVATE_KEY, email]) expect(err).not.toContain(unwanted);
});
