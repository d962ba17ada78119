/** Temporal becomes unavailable between the connection and the worker that uses it. */
import { afterEach, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ar24Client } from '../../ar24/index.ts';
import { connectWhenThere } from '../../cli/worker/connect.ts';
import {
  findTemporalCli,
  freePort,
  startDevServer,
  type DevServer,
} from '../../devserver/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { SETTINGS } from '../support/settings.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { dataConverter } from '../support/encryption.ts';

let folder: string;
let server: DevServer | undefined;

afterEach(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

test('the worker is made once Temporal is back', async () => {
  quietRuntime();
  folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  const port = await freePort();
  const cliPath = await findTemporalCli(() => undefined);
  const startServer = () =>
    startDevServer({
      ...{ cliPath, port, uiPort: 'no-ui' },
      searchAttributes: Object.values(ATTRIBUTES),
      logFile: join(folder, 'temporal.log'),
    });
  server = await startServer();
  const where = { connection: { address: server.address }, namespace: 'default' };
  let back: Promise<void> | undefined;
  const waited: string[] = [];
  const { made } = await connectWhenThere(
    () => where,
    {
      waiting(why) {
        waited.push(why);
        back ??= startServer().then((started) => void (server = started));
      },
      changed: () => undefined,
    },
    async (connected) => {
      if (waited.length === 0) await server?.stop();
      return createOnboardingWorker({
        dataConverter,
        connection: connected,
        namespace: 'default',
        ar24: new Ar24Client({ baseUrl: 'http://127.0.0.1:9/api/', token: 't', privateKey: 'k' }),
        settings: SETTINGS,
        maxCallsPerSecond: 10,
        workflowBundle: await workflowBundle(),
      });
    },
  );
  expect(waited).not.toEqual([]);
  const run = made.run();
  made.shutdown();
  await run;
  await made.closeConnections();
  await back;
});
