import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { createEncryptionKey, parseEncryptionKeys } from '../../codec/index.ts';
import { lock } from '../../devserver/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { DEFAULT_POLICY, type Policy } from '../../workflows/contract/policy.ts';
import { startOnboard } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { useDoctor } from './fixture.ts';
import { dataConverter, WRITTEN_KEYS } from '../support/encryption.ts';

const CHECKS = [
  'node',
  'environment',
  'temporal',
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
  'ar24',
  'clock',
];

const doctor = useDoctor();
let namespace: string;
let stop: () => Promise<void>;

/** @returns how to stop it */
async function startWorker(of: string, policy?: Policy): Promise<() => Promise<void>> {
  const native = await NativeConnection.connect({ address: doctor.server.address });
  const { apiUrl: baseUrl, token, privateKey } = doctor.simulator;
  const worker = await createOnboardingWorker({
    dataConverter,
    connection: native,
    namespace: of,
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    settings: {
      termsProof: 'field',
      termsMail: 'automatic',
      preAcceptTerms: false,
      preConfirmEmail: false,
      paymentRequest: 'mail',
    },
    policy,
    maxCallsPerSecond: 10,
    workflowBundle: await workflowBundle(),
  });
  const run = worker.run();
  return async () => {
    worker.shutdown();
    await run;
    await native.close();
  };
}

/** The results of doctor in the folder of an `npm start` with this Temporal. */
async function examineUp(of: string, environment: Readonly<Record<string, string>> = {}) {
  const { origin } = new URL(doctor.simulator.apiUrl);
  const { token, privateKey } = doctor.simulator;
  const up = await lock(join(doctor.folder, 'running.json'), {
    temporalAddress: doctor.server.address,
    namespace: of,
    uiUrl: 'http://127.0.0.1:8233',
    simulatorUrl: origin,
  });
  await writeFile(join(doctor.folder, 'hash-key'), `1:${Buffer.alloc(32, 1).toString('base64')}`);
  await writeFile(join(doctor.folder, 'encryption-keys'), WRITTEN_KEYS);
  const examined = await doctor.examine({
    ONBOARDING_STATE_DIR: doctor.folder,
    SIMULATOR_TOKEN: token,
    SIMULATOR_PRIVATE_KEY: privateKey,
    ...environment,
  });
  up.release();
  return examined;
}

beforeAll(async () => {
  quietRuntime();
  namespace = await doctor.namespace();
  stop = await startWorker(namespace);
});

afterAll(async () => {
  await stop();
});

describe('where all is set up', () => {
  test('everything is well', async () => {
    const examined = await doctor.examine(doctor.environment(namespace));
    expect(examined).toMatchObject({ code: 0, healthy: true, names: CHECKS });
    expect(examined.all('ok')).toEqual(CHECKS);
  });

  test('a key that encrypts here, and that the worker lacks, is named', async () => {
    const theirs = createEncryptionKey('theirs');
    const examined = await doctor.examine({
      ...doctor.environment(namespace),
      ONBOARDING_ENCRYPTION_KEYS: `${theirs},${WRITTEN_KEYS}`,
    });
    expect(examined).toMatchObject({ code: 7, healthy: false });
    expect(examined.all('failed')).toEqual(['payloads']);
    const { found, todo } = examined.of('payloads');
    expect(found).toContain('1 of 1 workers lack a key');
    expect(found).toContain(parseEncryptionKeys(theirs)[0].id);
    expect(todo.join()).toContain('ONBOARDING_ENCRYPTION_KEYS of each worker');
  });

  test('settings of this shell that differ from the worker’s are named', async () => {
    const examined = await doctor.examine({
      ...doctor.environment(namespace),
      ONBOARDING_NOTIFY_URL: 'https://example.org/hook',
      ONBOARDING_DEADLINE_DAYS: '30',
    });
    expect(examined.all('warning')).toEqual(['policy']);
    expect(examined.of('policy').found).toContain('ONBOARDING_NOTIFY_URL');
    expect(examined.of('policy').found).not.toContain('example.org');
  });

  test('webhooks of AR24 on which polls do not rely are a warning, unless somebody decided so', async () => {
    const environment = {
      ...doctor.environment(namespace),
      ONBOARDING_AR24_WEBHOOK_SECRETS: 'sixteen-or-more-characters',
    };
    const examined = await doctor.examine(environment);
    expect(examined.all('warning')).toEqual(['policy']);
    expect(examined.of('policy').todo.join()).toContain('ONBOARDING_AR24_WEBHOOKS=1');
    const decided = await doctor.examine({ ...environment, ONBOARDING_AR24_WEBHOOKS: '0' });
    expect(decided.all('ok')).toEqual(CHECKS);
  });

  test('nothing is changed at AR24, and no workflow is left in Temporal', async () => {
    await doctor.simulator.reset();
    await doctor.examine(doctor.environment(namespace));
    const { effects, calls } = doctor.simulator.ledger();
    expect(effects).toEqual([]);
    expect(Object.keys(calls)).toEqual(['GET /user/list']);
    const temporal = new Client({ connection: doctor.connection, namespace, dataConverter });
    await eventually(
      'without a workflow',
      () => temporal.workflow.count(),
      ({ count }) => count === 0,
    );
  });

  test('without --json it prints a line for each check', async () => {
    const env = doctor.environment(namespace);
    const { code, out, err } = await startOnboard(['doctor'], { env }).end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(
      lines.filter((line) => line.startsWith('✓')).map((line) => line.split(/\s+/)[1]),
    ).toEqual(CHECKS);
    expect(lines.at(-1)).toBe('All is well.');
  });
});

test('in the folder of a running `npm start`, its Temporal is checked', async () => {
  const examined = await examineUp(namespace);
  expect(examined.all('ok')).toEqual(CHECKS);
});

test('a setting that `npm start` has too is no difference', async () => {
  const another = await doctor.namespace();
  const atTheSimulator = { firstSeconds: 2, maxSeconds: 10 };
  const policy = { ...DEFAULT_POLICY, deadlineDays: 20, poll: atTheSimulator };
  const end = await startWorker(another, policy);
  try {
    const same = await examineUp(another, { ONBOARDING_DEADLINE_DAYS: '20' });
    expect(same.of('policy')).toMatchObject({ state: 'ok' });
    const other = await examineUp(another, { ONBOARDING_DEADLINE_DAYS: '21' });
    expect(other.of('policy')).toMatchObject({ state: 'warning' });
  } finally {
    await end();
  }
});
