/** For one test file: a development server, a simulator, and workers that start and stop. */
import { afterAll, beforeAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import type { HashKey } from '../../client/index.ts';
import {
  findTemporalCli,
  startDevServer,
  type DevServer,
  type DevServerOptions,
} from '../../devserver/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { createOnboardingWorker, type OnboardingWorkerOptions } from '../../worker/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { dataConverter } from '../support/encryption.ts';
import { quietRuntime, workflowBundle } from '../support/temporal.ts';

export const HASH_KEY: HashKey = { version: '1', key: randomBytes(32) };

type WorkerChanges = Partial<
  Pick<
    OnboardingWorkerOptions,
    | 'dataConverter'
    | 'payloads'
    | 'policy'
    | 'notify'
    | 'workflowBundle'
    | 'activatePatches'
    | 'maxCachedWorkflows'
  >
>;

export interface DevelopmentServer {
  readonly server: DevServer;
  readonly simulator: Simulator;
  readonly temporal: Client;
  /**
   * Runs a worker until the returned function is called.
   * @param changes if it has other keys than the tests, or another build
   */
  startWorker(changes?: WorkerChanges): Promise<() => Promise<void>>;
  /** Ends the server, and starts it again at the same address with the state that it has kept. */
  restartServer(): Promise<void>;
}

/** Set when the tests begin. */
export function useDevelopmentServer(
  dynamicConfig: DevServerOptions['dynamicConfig'] = {},
  state: 'kept' | 'in memory' = 'in memory',
  ui: 'with its UI' | 'no-ui' = 'no-ui',
): DevelopmentServer {
  let folder: string;
  let options: DevServerOptions;
  let server: DevServer;
  let simulator: Simulator;
  let connection: Connection;
  let native: NativeConnection;
  let temporal: Client;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    quietRuntime();
    folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
    options = {
      cliPath: await findTemporalCli(() => undefined),
      port: 0,
      uiPort: ui === 'no-ui' ? ui : 0,
      searchAttributes: Object.values(ATTRIBUTES),
      dynamicConfig,
      logFile: join(folder, 'temporal.log'),
      ...(state === 'kept' && { dbFile: join(folder, 'temporal.db') }),
    };
    server = await startDevServer(options);
    simulator = await startSimulator({ port: 0 });
    connection = await Connection.connect({ address: server.address });
    native = await NativeConnection.connect({ address: server.address });
    temporal = new Client({ connection, dataConverter });
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
    await native.close();
    await connection.close();
    await simulator.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function startWorker(changes: WorkerChanges = {}): Promise<() => Promise<void>> {
    const worker = await createOnboardingWorker({
      dataConverter,
      connection: native,
      namespace: 'default',
      ar24: new Ar24Client({
        baseUrl: simulator.apiUrl,
        token: simulator.token,
        privateKey: simulator.privateKey,
      }),
      settings: {
        termsProof: 'field',
        termsMail: 'automatic',
        preAcceptTerms: false,
        preConfirmEmail: false,
        paymentRequest: 'mail',
      },
      maxCallsPerSecond: 1000,
      workflowBundle: await workflowBundle(),
      activatePatches: 'all',
      ...changes,
    });
    let stopped = false;
    const run = worker.run();
    const stop = async (): Promise<void> => {
      if (!stopped) worker.shutdown();
      stopped = true;
      await run;
    };
    stops.push(stop);
    return stop;
  }

  return {
    startWorker,
    async restartServer() {
      const port = Number(new URL(`http://${server.address}`).port);
      await server.stop();
      server = await startDevServer({ ...options, port });
    },
    get server() {
      return server;
    },
    get simulator() {
      return simulator;
    },
    get temporal() {
      return temporal;
    },
  };
}
