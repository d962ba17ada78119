/** For one test file: a development server that soon suggests to continue as new. */
import { afterAll, beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { ReceiverSettings } from '../../activities/notify/index.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { OnboardingClient } from '../../client/index.ts';
import { findTemporalCli, startDevServer } from '../../devserver/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { DELETES_SOON } from '../erasure/runs.ts';
import { SETTINGS } from '../support/settings.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';
import { dataConverter, PAYLOADS } from '../support/encryption.ts';

/** More than a run needs to start and to reach its wait. */
const EVENTS_A_RUN = 40;

export interface ShortHistories {
  readonly simulator: Simulator;
  readonly temporal: Client;
  /** Its onboardings poll every second or so. */
  readonly client: OnboardingClient;
}

/**
 * Set when the tests begin.
 * @param notifiesPartner called when the tests begin, if the partner is to be notified
 */
export function useShortHistories(notifiesPartner?: () => ReceiverSettings): ShortHistories {
  let testEnv: ShortHistories;
  let closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    quietRuntime();
    const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
    const server = await startDevServer({
      cliPath: await findTemporalCli(() => undefined),
      port: 0,
      uiPort: 'no-ui',
      searchAttributes: Object.values(ATTRIBUTES),
      dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': EVENTS_A_RUN, ...DELETES_SOON },
      logFile: join(folder, 'temporal.log'),
    });
    const simulator = await startSimulator({ port: 0 });
    const { apiUrl: baseUrl, token, privateKey } = simulator;
    const connection = await Connection.connect({ address: server.address });
    const native = await NativeConnection.connect({ address: server.address });
    const worker = await createOnboardingWorker({
      payloads: PAYLOADS,
      dataConverter,
      connection: native,
      namespace: 'default',
      ar24: new Ar24Client({ baseUrl, token, privateKey }),
      settings: SETTINGS,
      notify: notifiesPartner?.(),
      policy: { poll: { firstSeconds: 1, maxSeconds: 2 }, notify: notifiesPartner !== undefined },
      maxCallsPerSecond: 1000,
      activatePatches: 'all',
      workflowBundle: await workflowBundle(),
    });
    const run = worker.run();
    const temporal = new Client({ connection, dataConverter });
    const client = new OnboardingClient({
      payloads: PAYLOADS,
      temporal,
      hashKey: { version: '1', key: randomBytes(32) },
    });
    testEnv = { simulator, temporal, client };
    closing = [
      async () => {
        worker.shutdown();
        await run;
      },
      () => native.close(),
      () => connection.close(),
      () => simulator.stop(),
      () => server.stop(),
      () => rm(folder, { recursive: true, force: true }),
    ];
  }, 60_000);

  afterAll(async () => {
    for (const close of closing) await close();
  });

  return {
    get simulator() {
      return testEnv.simulator;
    },
    get temporal() {
      return testEnv.temporal;
    },
    get client() {
      return testEnv.client;
    },
  };
}
