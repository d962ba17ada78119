import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { identify } from '../../devserver/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { startOnboard } from '../cli/onboard.ts';
import { eventually } from '../support/eventually.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { useClinic } from './clinic.ts';
import { dataConverter, WRITTEN_KEYS } from '../support/encryption.ts';

const CHECKS = [
  'node',
  'environment',
  'temporal',
  'namespace',
  'search-attributes',
  'priorities',
  'workers',
  'payloads',
  'ar24',
  'clock',
];

const clinic = useClinic();
let namespace: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  namespace = await clinic.namespace();
  const native = await NativeConnection.connect({ address: clinic.server.address });
  const { apiUrl: baseUrl, token, privateKey } = clinic.simulator;
  const worker = await createOnboardingWorker({
    dataConverter,
    connection: native,
    namespace,
    ar24: new Ar24Client({ baseUrl, token, privateKey }),
    settings: {
      termsProof: 'field',
      termsMail: 'request',
      preAcceptTerms: false,
      preConfirmEmail: false,
      paymentRequest: 'mail',
    },
    maxCallsPerSecond: 10,
    workflowBundle: await workflowBundle(),
  });
  const run = worker.run();
  stop = async () => {
    worker.shutdown();
    await run;
    await native.close();
  };
});

afterAll(async () => {
  await stop();
});

describe('where all is set up', () => {
  test('everything is well', async () => {
    const examined = await clinic.examine(clinic.environment(namespace));
    expect(examined).toMatchObject({ code: 0, healthy: true, names: CHECKS });
    expect(examined.all('ok')).toEqual(CHECKS);
  });

  test('nothing is changed at AR24, and no workflow is left in Temporal', async () => {
    await clinic.simulator.reset();
    await clinic.examine(clinic.environment(namespace));
    const { effects, calls } = clinic.simulator.ledger();
    expect(effects).toEqual([]);
    expect(Object.keys(calls)).toEqual(['GET /user/list']);
    const temporal = new Client({ connection: clinic.connection, namespace, dataConverter });
    await eventually(
      'without a workflow',
      () => temporal.workflow.count(),
      ({ count }) => count === 0,
    );
  });

  test('a person reads it line by line', async () => {
    const env = clinic.environment(namespace);
    const { code, out, err } = await startOnboard(['doctor'], { env }).end;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.trimEnd().split('\n');
    expect(
      lines.filter((line) => line.startsWith('✓')).map((line) => line.split(/\s+/)[1]),
    ).toEqual(CHECKS);
    expect(lines.at(-1)).toBe('All is well.');
  });
});

test('in the folder of a running `npm start`, that one is looked at', async () => {
  const { origin } = new URL(clinic.simulator.apiUrl);
  const { token, privateKey } = clinic.simulator;
  await writeFile(
    join(clinic.folder, 'running.json'),
    JSON.stringify({
      ...(await identify(process.pid)),
      temporalAddress: clinic.server.address,
      namespace,
      uiUrl: 'http://127.0.0.1:8233',
      simulatorUrl: origin,
    }),
  );
  await writeFile(join(clinic.folder, 'hash-key'), `1:${Buffer.alloc(32, 1).toString('base64')}`);
  await writeFile(join(clinic.folder, 'encryption-keys'), WRITTEN_KEYS);
  const examined = await clinic.examine({
    ONBOARDING_STATE_DIR: clinic.folder,
    SIMULATOR_TOKEN: token,
    SIMULATOR_PRIVATE_KEY: privateKey,
  });
  expect(examined.all('ok')).toEqual(CHECKS);
});
