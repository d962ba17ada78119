/** Temporal for tests: found or built once for the whole run, started once a test file. */
import { readFile } from 'node:fs/promises';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, type WorkflowBundle } from '@temporalio/worker';
import { findTestServer } from '../../devserver/index.ts';
import { workflowBundle as buildBundle } from '../../worker/index.ts';
import { dataConverter } from './encryption.ts';

/** Workers tell every refused update and failed try, which is what these tests are about. */
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

export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const path = await findTestServer((line) => process.stderr.write(`${line}\n`));
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { dataConverter },
  });
}

let bundle: Promise<WorkflowBundle> | undefined;

export function workflowBundle(): Promise<WorkflowBundle> {
  bundle ??= load();
  return bundle;
}

/** Built once for the run by test/global-setup.ts. */
async function load(): Promise<WorkflowBundle> {
  const path = process.env['TEST_WORKFLOW_BUNDLE'];
  if (path !== undefined) return { code: await readFile(path, 'utf8') };
  const built = await buildBundle();
  if ('code' in built) return built;
  return { code: await readFile(built.codePath, 'utf8') };
}
