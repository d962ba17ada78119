import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { findTemporalCli, startDevServer, type DevServer } from '../../devserver/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { SETTINGS } from '../support/settings.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { dataConverter } from '../support/encryption.ts';

let folder: string;
let server: DevServer;

beforeAll(async () => {
  quietRuntime();
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  server = await startDevServer({
    cliPath: await findTemporalCli(() => undefined),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: [],
    logFile: join(folder, 'temporal.log'),
  });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('if one of the two cannot be made, the other does not keep the connection', async () => {
  const connection = await NativeConnection.connect({ address: server.address });
  const creation = createOnboardingWorker({
    dataConverter,
    connection,
    namespace: 'default',
    ar24: new Ar24Client({ baseUrl: 'http://127.0.0.1:9/api/', token: 't', privateKey: 'k' }),
    settings: SETTINGS,
    maxCallsPerSecond: -1,
    workflowBundle: await workflowBundle(),
  });
  await expect(creation).rejects.toThrow();
  await expect(connection.close()).resolves.toBeUndefined();
});
