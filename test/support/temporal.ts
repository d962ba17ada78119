/** Temporal for tests: found or built once for the whole run, started once a test file. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { findTemporalCli, findTestServer, startDevServer } from '../../devserver/index.ts';
import { workflowBundle as buildBundle } from '../../worker/index.ts';
import { ATTRIBUTES } from '../../workflows/contract/index.ts';
import { dataConverter } from './encryption.ts';

/** Workers log every refused update and failed try, which these tests cause on purpose. */
export function quietRuntime(): void {
  try {
    Runtime.install({
      logger: new DefaultLogger('ERROR'),
      telemetryOptions: { logging: { filter: 'ERROR' } },
    });
  } catch {
    // Another file of this process has installed it.
  }
}

const START_TRIES = 5;

export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer((line) => process.stderr.write(`${line}\n`));
  for (let tries = 1; ; tries++) {
    try {
      return await TestWorkflowEnvironment.createTimeSkipping({
        server: { executable: { type: 'existing-path', path } },
        client: { dataConverter },
      });
    } catch (error) {
      // The SDK waits for five seconds, and has no setting for it. On a busy machine, Java may need more.
      if (!String(error).includes('did not start within') || tries === START_TRIES) throw error;
    }
  }
}

/** Real time only. Unlike the other it knows time-outs that are not retried. */
export async function developmentServer(): Promise<TestWorkflowEnvironment> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-test-'));
  const server = await startDevServer({
    cliPath: await findTemporalCli((line) => process.stderr.write(`${line}\n`)),
    port: 0,
    uiPort: 'no-ui',
    searchAttributes: Object.values(ATTRIBUTES),
    logFile: join(folder, 'temporal.log'),
  });
  const { address } = server;
  const env = await TestWorkflowEnvironment.createFromExistingServer({
    address,
    client: { dataConverter },
  });
  const disconnect = env.teardown.bind(env);
  return Object.assign(env, {
    async teardown() {
      await disconnect();
      await server.stop();
      await rm(folder, { recursive: true });
    },
  });
}

let bundle: Promise<WorkflowBundle> | undefined;

export function workflowBundle(): Promise<WorkflowBundle> {
  bundle ??= load();
  return bundle;
}

/** Built once for the run by test/global-temporal.ts. */
async function load(): Promise<WorkflowBundle> {
  const path = process.env['TEST_WORKFLOW_BUNDLE'];
  if (path !== undefined) return { code: await readFile(path, 'utf8') };
  const built = await buildBundle();
  if ('code' in built) return built;
  return { code: await readFile(built.codePath, 'utf8') };
}
