import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { findTemporalCli, startDevServer, type DevServer } from '../../devserver/index.ts';
import {
  findSearchAttributeFaults,
  registerSearchAttributes,
  searchAttributeCommands,
} from '../../worker/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { checkSearchAttributes } from '../../cli/doctor/search-attributes.ts';
import { CommandError } from '../../cli/failure.ts';
import { prepareNamespace } from '../../cli/worker/namespace.ts';
import { denyingGateway, type DenyingGateway } from './denying-gateway.ts';
import { days } from '../support/days.ts';
import { dataConverter } from '../support/encryption.ts';

const NAMES = Object.values(ATTRIBUTES).map(({ name }) => name);

let folder: string;
let server: DevServer;
let connection: Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: join(folder, 'temporal.log'),
  });
  connection = await Connection.connect({ address: server.address });
});

afterAll(async () => {
  await connection.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Each test has a namespace to itself. */
async function freshNamespace(): Promise<string> {
  const namespace = `ns-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: days(1),
  });
  return namespace;
}

async function add(namespace: string, searchAttributes: Record<string, 2 | 3>): Promise<void> {
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

describe('a namespace of which we may change the search attributes', () => {
  test('lacks all of them at first, and none once they are registered', async () => {
    const namespace = await freshNamespace();
    const before = await findSearchAttributeFaults(connection, namespace);
    expect(before.missing.map(({ name }) => name)).toEqual(NAMES);

    const registration = await registerSearchAttributes(connection, namespace);
    expect(registration).toMatchObject({ kind: 'complete', registered: before.missing });
    expect(await findSearchAttributeFaults(connection, namespace)).toEqual({
      missing: [],
      mistyped: [],
      full: [],
    });
  });

  test('an onboarding can use them at once', async () => {
    const namespace = await freshNamespace();
    await registerSearchAttributes(connection, namespace);
    const temporal = new Client({ connection, namespace, dataConverter });
    const { workflowId } = await temporal.workflow.start('anything', {
      workflowId: 'w',
      taskQueue: 'nobody',
      typedSearchAttributes: [{ key: ATTRIBUTES.waitingFor, value: ['terms'] }],
    });
    expect(workflowId).toBe('w');
  });

  test('gets only what it lacks, and is left alone afterwards', async () => {
    const namespace = await freshNamespace();
    await add(namespace, { [ATTRIBUTES.status.name]: 2 });
    const first = await registerSearchAttributes(connection, namespace);
    expect(first).toMatchObject({ kind: 'complete' });
    if (first.kind !== 'complete') return;
    expect(first.registered.map(({ name }) => name)).toEqual(
      NAMES.filter((name) => name !== ATTRIBUTES.status.name),
    );
    const second = await registerSearchAttributes(connection, namespace);
    expect(second).toEqual({ kind: 'complete', registered: [] });
  });

  test('may be set up by many workers at once', async () => {
    const namespace = await freshNamespace();
    const all = await Promise.all(
      [1, 2, 3, 4, 5].map(() => registerSearchAttributes(connection, namespace)),
    );
    expect(all.map(({ kind }) => kind)).toEqual(all.map(() => 'complete'));
  });

  test('one of another type is reported, and nothing is changed', async () => {
    const namespace = await freshNamespace();
    await add(namespace, { [ATTRIBUTES.since.name]: 3 });
    const mistyped = [ATTRIBUTES.since].map(({ name, type }) => ({ name, type }));
    const registration = await registerSearchAttributes(connection, namespace);
    expect(registration).toMatchObject({ kind: 'mistyped', mistyped });
    const { missing } = await findSearchAttributeFaults(connection, namespace);
    expect(missing).toHaveLength(NAMES.length - 1);
  });
});

test.each([
  ['Keyword', 2, 9],
  ['KeywordList', 7, 2],
  ['Datetime', 6, 2],
] as const)(
  'a namespace with no room for our %s is reported, with its attributes',
  async (type, wire, others) => {
    const namespace = await freshNamespace();
    const inUse = Array.from({ length: others }, (_, index) => `Other${index}`);
    const searchAttributes = Object.fromEntries(inUse.map((name) => [name, wire]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
    const { full } = await findSearchAttributeFaults(connection, namespace);
    expect(full).toMatchObject([{ type, most: type === 'Keyword' ? 10 : 3 }]);
    const [found] = full;
    expect(found?.inUse.toSorted()).toEqual(inUse);
    expect(NAMES).toEqual(expect.arrayContaining([...(found?.wanted ?? [])]));
    const registered = await registerSearchAttributes(connection, namespace);
    expect(registered).toEqual({ kind: 'full', full });

    const refused = await prepareNamespace(connection, namespace, () => undefined).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(CommandError);
    expect(String(refused)).toContain(`places for search attributes of type ${type}`);
    expect(String(refused)).toContain('Other0');
    expect(String(refused)).toContain('search-attribute remove');
    const temporal = new Client({ connection, namespace, dataConverter });
    const { state, todo } = await checkSearchAttributes(temporal);
    expect(state).toBe('failed');
    expect(todo.join()).toContain('search-attribute remove');
    expect(todo.join()).not.toContain('search-attribute create');
  },
);

describe('a namespace that others look after', () => {
  let gateway: DenyingGateway;
  let guarded: Connection;

  async function behindGateway(denied: string): Promise<void> {
    gateway = await denyingGateway(server.address, [denied]);
    guarded = await Connection.connect({ address: gateway.address });
  }

  afterEach(async () => {
    await guarded.close();
    await gateway.close();
  });

  test.each(['OperatorService', 'AddSearchAttributes'])(
    'yields the commands for what it lacks (%s denied)',
    async (denied) => {
      const namespace = await freshNamespace();
      await add(namespace, { [ATTRIBUTES.status.name]: 2 });
      await behindGateway(denied);
      const registration = await registerSearchAttributes(guarded, namespace);
      expect(registration.kind).toBe('denied');
      if (registration.kind !== 'denied') return;
      const commands = searchAttributeCommands(registration.missing, namespace);
      expect(commands).toHaveLength(NAMES.length - 1);
      expect(commands).toContain(
        `temporal operator search-attribute create --namespace ${namespace} --name OnboardingWaitingFor --type KeywordList`,
      );
    },
  );

  test('is seen to be complete although its attributes may not be listed', async () => {
    const namespace = await freshNamespace();
    await registerSearchAttributes(connection, namespace);
    await behindGateway('OperatorService');
    const registration = await registerSearchAttributes(guarded, namespace);
    expect(registration).toEqual({ kind: 'complete', registered: [] });
  });
});

test('a namespace that does not exist is not reported as one without attributes', async () => {
  await expect(findSearchAttributeFaults(connection, 'nowhere')).rejects.toMatchObject({ code: 5 });
});
