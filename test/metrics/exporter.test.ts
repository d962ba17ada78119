/** The exporter on a real server: what a round asks of Temporal, and what is shown while Temporal hangs. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, type Connection } from '@temporalio/client';
import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
import proto from '@temporalio/proto';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { exporterGauges, LAST_SUCCESS } from '../../cli/exporter/gauges.ts';
import { readAgainAndAgain } from '../../cli/exporter/run.ts';
import { readOnce } from '../../cli/exporter/round.ts';
import { oldestNotificationMs } from '../../client/backlog.ts';
import {
  ATTRIBUTES,
  NOTIFY_TASK_QUEUE,
  PROBLEM_KINDS,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { aReference } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { connectWatched } from '../support/watched-connection.ts';
import { sumOf } from './series.ts';

// As in deploy/temporal/dynamicconfig.yaml.
const testEnv = useDevelopmentServer({ 'frontend.namespaceRPS.visibility': 100 });
const CALL_MS = 50;
const OVER_A_DAY_AGO = new Date(Date.now() - 25 * 3_600_000);

let connection: Connection;
let temporal: Client;
/** Each call with its time. */
let calls: { readonly method: string; readonly at: number }[] = [];

beforeAll(async () => {
  connection = await connectWatched(testEnv.server.address, (method) => {
    calls.push({ method, at: performance.now() });
  });
  temporal = new Client({ connection });
});

afterAll(() => connection.close());

/** An onboarding that no worker has processed yet. */
async function waits(...attributes: SearchAttributePair[]): Promise<void> {
  await temporal.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(aReference()),
    taskQueue: TASK_QUEUE,
    args: [],
    typedSearchAttributes: new TypedSearchAttributes(attributes),
  });
}

type Recorded = ReadonlyMap<string, number>;

/** One round. */
async function aRound(): Promise<{ readonly recorded: Recorded; readonly made: typeof calls }> {
  const recorded = new Map<string, number>();
  calls = [];
  await readOnce({
    temporal,
    turn: () => new Promise((resolve) => setTimeout(resolve, CALL_MS)),
    record: (name, labels, value = 1) => {
      recorded.set([name, ...Object.values(labels)].join(' '), value);
    },
  });
  return { recorded, made: [...calls] };
}

const isCount = ({ method }: (typeof calls)[number]) => method === 'CountWorkflowExecutions';

test('a round makes about thirty counts, one at a time, and none for a single sender', async () => {
  const { made: ofNobody } = await aRound();
  expect(ofNobody.filter(isCount).length).toBeLessThanOrEqual(30);
  for (let n = 0; n < 40; n++) await waits();
  const { recorded, made } = await eventually(
    'all counted',
    () => aRound(),
    (round) => round.recorded.get('onboarding_oldest_task_seconds') !== 0,
  );
  expect(recorded.get('onboarding_oldest_task_seconds')).toBeGreaterThan(0);
  expect(made.map(({ method }) => method)).toEqual(ofNobody.map(({ method }) => method));
  const counts = made.filter(isCount).map(({ at }) => at);
  const pauses = counts.slice(1).map((at, n) => at - (counts[n] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(CALL_MS - 5);
});

test('a round with old problems of every kind still fits into its minute', async () => {
  for (const kind of PROBLEM_KINDS) {
    await waits(
      { key: ATTRIBUTES.problem, value: kind },
      { key: ATTRIBUTES.problemSince, value: OVER_A_DAY_AGO },
    );
  }
  const { made } = await eventually(
    'all kinds counted',
    () => aRound(),
    ({ recorded }) =>
      PROBLEM_KINDS.every(
        (kind) => recorded.get(`onboarding_open_with_problem ${kind} over_24h`) === 1,
      ),
  );
  expect(made.length).toBeLessThan(60);
});

test('a notification that no worker delivers has an age', async () => {
  const namespace = 'default';
  const taskQueue = { name: 'by-hand' };
  await temporal.workflow.start('by-hand', { workflowId: 'by-hand', taskQueue: taskQueue.name });
  const service = temporal.workflowService;
  const { taskToken } = await temporal.withDeadline(Date.now() + 60_000, () =>
    service.pollWorkflowTaskQueue({ namespace, taskQueue }),
  );
  const startToCloseTimeout = proto.google.protobuf.Duration.fromObject({ seconds: 600 });
  const deliver = {
    activityId: '1',
    activityType: { name: 'deliver' },
    taskQueue: { name: NOTIFY_TASK_QUEUE },
    startToCloseTimeout,
  };
  const commandType = proto.temporal.api.enums.v1.CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK;
  await service.respondWorkflowTaskCompleted({
    namespace,
    taskToken,
    commands: [{ commandType, scheduleActivityTaskCommandAttributes: deliver }],
  });
  const oldest = await eventually(
    'an age of a second',
    () => oldestNotificationMs(temporal),
    (age) => (age ?? 0) >= 1_000,
  );
  expect(oldest).toBeGreaterThan(0);
});

test('while Temporal hangs, old numbers are removed, and they come back', async () => {
  const registry = new Registry();
  const stopping = new AbortController();
  const reading = readAgainAndAgain({
    temporal,
    gauges: exporterGauges(registry, 15_000),
    state: { ready: false },
    logger: pino({ level: 'silent' }),
    signal: stopping.signal,
    pace: { roundMs: 500, callMs: 0 },
  });
  const hasNumbers = (wanted: boolean) =>
    eventually(
      wanted ? 'numbers' : 'no numbers',
      () => registry.metrics(),
      (text) => (sumOf(text, 'onboarding_workers') !== undefined) === wanted,
      120_000,
    );
  await hasNumbers(true);
  process.kill(testEnv.server.pid, 'SIGSTOP');
  const text = await hasNumbers(false);
  process.kill(testEnv.server.pid, 'SIGCONT');
  expect(sumOf(text, 'onboarding_open')).toBeUndefined();
  expect(sumOf(text, 'onboarding_open_with_problem')).toBeUndefined();
  expect(sumOf(text, LAST_SUCCESS)).toBeGreaterThan(0);
  await hasNumbers(true);
  stopping.abort();
  await reading;
}, 300_000);
