/** For one test file: a Temporal, a simulator, and the environment for `onboard doctor`. */
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import { findTemporalCli, startDevServer, type DevServer } from '../../devserver/index.ts';
import { startSimulator, type Simulator } from '../../simulator/index.ts';
import { registerSearchAttributes } from '../../worker/index.ts';
import { startOnboard } from '../cli/onboard.ts';
import { days } from '../support/days.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';

/** Must never be printed. */
const TOKEN = 'secret-token';
const PRIVATE_KEY = 'secret-private-key';
const HASH_KEY = randomBytes(32).toString('base64');
export const WRONG = 'secret-and-wrong';
const SECRETS = [TOKEN, PRIVATE_KEY, HASH_KEY, WRONG];

const reportSchema = z.object({
  healthy: z.boolean(),
  checks: z.array(
    z.object({
      check: z.string(),
      state: z.enum(['ok', 'warning', 'failed', 'skipped']),
      found: z.string().min(1),
      todo: z.array(z.string()),
    }),
  ),
});

type Check = z.infer<typeof reportSchema>['checks'][number];

export interface Examined {
  readonly code: number | null;
  readonly healthy: boolean;
  readonly names: readonly string[];
  /** Of the check named. */
  of(check: string): Check;
  /** The checks that ended so. */
  all(state: Check['state']): readonly string[];
}

export interface Doctor {
  readonly server: DevServer;
  readonly connection: Connection;
  readonly simulator: Simulator;
  readonly folder: string;
  /** The valid settings for `namespace`. */
  environment(namespace: string): Readonly<Record<string, string>>;
  /** A new one that keeps ended onboardings for 30 days, with the search attributes. */
  namespace(): Promise<string>;
  /** The results of `onboard doctor` in this environment; an empty variable counts as not set. */
  examine(environment: Readonly<Record<string, string>>): Promise<Examined>;
}

export function useDoctor(): Doctor {
  let folder: string;
  let server: DevServer;
  let simulator: Simulator;
  let connection: Connection;
  let printed = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
    server = await startDevServer({
      cliPath: await findTemporalCli(() => undefined),
      port: 0,
      uiPort: 'no-ui',
      searchAttributes: [],
      logFile: join(folder, 'temporal.log'),
    });
    simulator = await startSimulator({ port: 0, token: TOKEN, privateKey: PRIVATE_KEY });
    connection = await Connection.connect({ address: server.address });
  });

  afterEach(() => {
    // For every environment and every fault.
    for (const secret of SECRETS) expect(printed).not.toContain(secret);
    expect(printed).not.toMatch(/\w@\w/);
    printed = '';
  });

  afterAll(async () => {
    await connection.close();
    await simulator.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function namespace(): Promise<string> {
    const name = `ns-${randomUUID()}`;
    await connection.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: days(30),
    });
    await registerSearchAttributes(connection, name);
    return name;
  }

  function environment(of: string): Readonly<Record<string, string>> {
    return {
      TEMPORAL_ADDRESS: server.address,
      TEMPORAL_NAMESPACE: of,
      AR24_BASE_URL: simulator.apiUrl,
      AR24_TOKEN: TOKEN,
      AR24_PRIVATE_KEY: PRIVATE_KEY,
      ONBOARDING_HASH_KEY: `1:${HASH_KEY}`,
      ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
      ONBOARDING_STATE_DIR: folder,
    };
  }

  async function examine(env: Readonly<Record<string, string>>): Promise<Examined> {
    const { code, out, err } = await startOnboard(['doctor', '--json'], { env }).end;
    printed += out + err;
    const { healthy, checks } = reportSchema.parse(JSON.parse(out));
    return {
      code,
      healthy,
      names: checks.map(({ check }) => check),
      of(name) {
        const found = checks.find(({ check }) => check === name);
        if (found === undefined) throw new Error(`no check ${name}`);
        return found;
      },
      all: (state) => checks.filter((one) => one.state === state).map(({ check }) => check),
    };
  }

  return {
    environment,
    namespace,
    examine,
    get folder() {
      return folder;
    },
    get server() {
      return server;
    },
    get simulator() {
      return simulator;
    },
    get connection() {
      return connection;
    },
  };
}
