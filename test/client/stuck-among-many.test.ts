/**
 * With many onboardings, searches choose the ones to read: an onboarding that they miss is never
 * reported.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, type Connection } from '@temporalio/client';
import { TypedSearchAttributes, type SearchAttributePair } from '@temporalio/common';
import {
  createEncryptionKey,
  encryptingConverter,
  parseEncryptionKeys,
} from '../../codec/index.ts';
import { readBacklog } from '../../client/backlog.ts';
import { OnboardingClient, type StuckProgress } from '../../client/index.ts';
import { countTroubles } from '../../client/trouble-counts.ts';
import {
  ATTRIBUTES,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { dataConverter } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { connectWatched } from '../support/watched-connection.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { all, aReference } from './onboardings.ts';

const HOUR_MS = 3_600_000;
const MANY = 300;
const STRANGERS = parseEncryptionKeys(createEncryptionKey('strange'));

const testEnv = useDevelopmentServer();
const calls = new Map<string, number>();
let connection: Connection;
let client: OnboardingClient;
let temporal: Client;

beforeAll(async () => {
  connection = await connectWatched(testEnv.server.address, (method) => {
    calls.set(method, (calls.get(method) ?? 0) + 1);
  });
  temporal = new Client({ connection, dataConverter });
  client = new OnboardingClient({ temporal, hashKey: HASH_KEY });
});

afterAll(() => connection.close());

const ago = (ms: number): Date => new Date(Date.now() - ms);

/** An onboarding that no worker has processed yet. */
async function waits(attributes: SearchAttributePair[], from = temporal): Promise<string> {
  const reference = aReference();
  await from.workflow.start(WORKFLOW_TYPE, {
    workflowId: workflowIdOf(reference),
    taskQueue: TASK_QUEUE,
    args: [],
    memo: { note: 'encrypted' },
    typedSearchAttributes: new TypedSearchAttributes(attributes),
  });
  return reference;
}

const withProblem = (since: Date): Promise<string> =>
  waits([
    { key: ATTRIBUTES.problem, value: 'credentials' },
    { key: ATTRIBUTES.problemSince, value: since },
  ]);

/** The results, and the number of calls that they took. */
async function search(options: { readonly readAll?: boolean } = {}) {
  calls.clear();
  const progress: StuckProgress[] = [];
  const found = await all(
    client.list({ stuckOnly: true }, { ...options, onProgress: (one) => progress.push(one) }),
  );
  return {
    references: found.map(({ reference }) => reference).toSorted(),
    described: calls.get('DescribeWorkflowExecution') ?? 0,
    queried: calls.get('QueryWorkflow') ?? 0,
    progress: progress.at(-1),
  };
}

test('of hundreds only candidates and a sample are read, and all stuck onboardings are found', async () => {
  await Promise.all(Array.from({ length: MANY }, () => waits([])));
  const longTroubled = await Promise.all(
    Array.from({ length: 40 }, () => withProblem(ago(2 * HOUR_MS))),
  );
  await withProblem(ago(HOUR_MS / 2));
  await waits([{ key: ATTRIBUTES.deadline, value: ago(3 * HOUR_MS) }]);
  await waits([
    { key: ATTRIBUTES.status, value: 'awaiting-email' },
    { key: ATTRIBUTES.waitingFor, value: ['email', 'operator'] },
  ]);
  const strangers = new Client({ connection, dataConverter: encryptingConverter(STRANGERS) });
  const [{ id }] = STRANGERS;
  const unreadable = await waits([{ key: ATTRIBUTES.keyId, value: id }], strangers);
  const open = MANY + 44;
  await eventually(
    'all shown',
    () => countTroubles(temporal),
    (counts) => counts.open === open,
  );
  const expected = [...longTroubled, unreadable].toSorted();

  const found = await search();
  expect(found.references).toEqual(expected);
  // Here the sample contains the candidates.
  expect(found.progress).toEqual({ read: 50, open, reads: 'candidates' });
  expect(found).toMatchObject({ described: 50, queried: 1 });

  const thorough = await search({ readAll: true });
  expect(thorough).toMatchObject({
    references: expected,
    described: open - longTroubled.length,
    progress: { reads: 'each' },
  });
  expect(await countTroubles(temporal)).toMatchObject({
    problems: new Map([
      ['credentials', { all: longTroubled.length + 1, overAnHour: longTroubled.length }],
    ]),
    awaitingOperator: 1,
    failingTasks: undefined,
  });
});

test('the age of the oldest task is known without reading any onboarding', async () => {
  await waits([]);
  calls.clear();
  await eventually(
    'the age of a second',
    () => readBacklog(temporal),
    (backlog) => backlog !== undefined && backlog.oldestTaskMs >= 1_000,
  );
  expect([...calls.keys()]).toEqual(['DescribeTaskQueue']);
});
