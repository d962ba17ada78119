import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import proto from '@temporalio/proto';
import { findTemporalCli, freePort, startDevServer } from '../../devserver/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { useDoctor, WRONG } from './fixture.ts';
import { denyingGateway } from './denying-gateway.ts';
import { days } from '../support/days.ts';

const REST_ON_TEMPORAL = [
  'namespace',
  'search-attributes',
  'priorities',
  'workers',
  'worker-version',
  'policy',
  'payloads',
  'hash-key',
  'onboardings',
  'ar24-writes',
  'ar24-account',
];
const INDEPENDENT = ['node', 'environment', 'ar24', 'clock'];

const doctor = useDoctor();

describe('a Temporal that cannot be used', () => {
  test('no server listens: dependent checks are skipped, the others are done', async () => {
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
    });
    expect(examined).toMatchObject({ code: 7, healthy: false });
    expect(examined.all('failed')).toEqual(['temporal']);
    expect(examined.of('temporal').found).toContain('ECONNREFUSED');
    expect(examined.all('skipped')).toEqual(REST_ON_TEMPORAL);
    expect(examined.all('ok')).toEqual(INDEPENDENT);
  });

  test('a server that does not answer: the check ends in time', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_ADDRESS: `127.0.0.1:${address.port}`,
    });
    silent.close();
    expect(examined.all('failed')).toEqual(['temporal']);
    expect(examined.of('temporal').found).toContain('does not answer as Temporal does; TLS is off');
  });

  test('TLS where the server has none', async () => {
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_API_KEY: WRONG,
    });
    expect(examined.of('temporal').found).toContain('TLS is on');
  });

  test('credentials that it refuses', async () => {
    const gateway = await denyingGateway(doctor.server.address, ['GetSystemInfo']);
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_ADDRESS: gateway.address,
    });
    await gateway.close();
    expect(examined.of('temporal')).toMatchObject({ state: 'failed' });
    expect(examined.of('temporal').found).toContain('refuses us');
    expect(examined.all('skipped')).toEqual(REST_ON_TEMPORAL);
  });

  test('certificates that do not exist', async () => {
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_TLS_CLIENT_CERT_PATH: join(doctor.folder, WRONG),
      TEMPORAL_TLS_CLIENT_KEY_PATH: join(doctor.folder, WRONG),
    });
    expect(examined.all('failed')).toEqual(['environment']);
  });

  test('no address is set, and no server of ours runs here', async () => {
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      TEMPORAL_ADDRESS: '',
    });
    expect(examined.of('temporal').found).toContain('npm start');
    expect(examined.all('skipped')).toEqual(REST_ON_TEMPORAL);
  });
});

test('a namespace that does not exist', async () => {
  const examined = await doctor.examine(doctor.environment('elsewhere'));
  expect(examined.code).toBe(7);
  expect(examined.all('failed')).toEqual(['namespace']);
  expect(examined.of('namespace').todo[0]).toContain(
    'temporal operator namespace create --namespace elsewhere',
  );
  expect(examined.all('skipped')).toEqual(REST_ON_TEMPORAL.slice(1));
});

test('a namespace that deletes before an onboarding can end, or keeps longer than intended', async () => {
  const short = (await doctor.examine(doctor.environment('default'))).of('namespace');
  expect(short.state).toBe('warning');
  expect(short.todo).toEqual([
    'temporal operator namespace update --namespace default --retention 30d',
  ]);
  const namespace = await doctor.namespace();
  const environment = doctor.environment(namespace);
  const of = async (more: object) =>
    (await doctor.examine({ ...environment, ...more })).of('namespace');
  expect(await of({})).toMatchObject({ state: 'ok' });
  const long = await of({ ONBOARDING_RETENTION_DAYS: '14', ONBOARDING_DEADLINE_DAYS: '14' });
  expect(long.state).toBe('warning');
  expect(long.found).toContain('longer than the 14 days of ONBOARDING_RETENTION_DAYS');
  expect(await of({ ONBOARDING_DEADLINE_DAYS: '60' })).toMatchObject({
    state: 'warning',
    found: expect.stringContaining('may take 60 days'),
  });
});

test('search attributes that are missing, with the commands that make them', async () => {
  const examined = await doctor.examine(doctor.environment('default'));
  expect(examined.code).toBe(7);
  const { state, found, todo } = examined.of('search-attributes');
  expect(state).toBe('failed');
  for (const { name } of Object.values(ATTRIBUTES)) {
    expect(found).toContain(name);
    expect(
      todo.filter((step) => step.includes(`create --namespace default --name ${name} `)),
    ).toHaveLength(1);
  }
});

test('a search attribute of another type', async () => {
  const namespace = 'mistyped';
  await doctor.connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: days(1),
  });
  await doctor.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: {
      OnboardingSince: proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
    },
  });
  const examined = await doctor.examine(doctor.environment(namespace));
  expect(examined.of('search-attributes')).toMatchObject({
    state: 'failed',
    found: 'OnboardingSince: registered with another type than ours',
  });
});

test('no worker on any task queue', async () => {
  const examined = await doctor.examine(doctor.environment(await doctor.namespace()));
  expect(examined.all('failed')).toEqual(['workers']);
  expect(examined.of('workers').found).toBe(
    'onboardings: no worker; calls to AR24: no worker; notifications: no worker',
  );
});

test('a server that ignores priorities', async () => {
  const server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: Object.values(ATTRIBUTES),
    dynamicConfig: { 'matching.useNewMatcher': false },
    logFile: join(doctor.folder, 'old-matcher.log'),
  });
  const examined = await doctor.examine({
    ...doctor.environment('default'),
    TEMPORAL_ADDRESS: server.address,
  });
  await server.stop();
  expect(examined.code).toBe(7);
  expect(examined.of('priorities')).toMatchObject({ state: 'failed' });
  expect(examined.of('priorities').todo[0]).toContain('matching.useNewMatcher: true');
});
