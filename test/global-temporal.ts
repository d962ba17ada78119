/**
 * Before the first test of the project `temporal`: finds the servers, so that no test's own time limit covers
 * a download or a build, and bundles the workflows once for all tests.
 */
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTemporalCli, findTestServer } from '../devserver/index.ts';
import { workflowBundle } from '../worker/index.ts';
import { sharedTestServer } from './support/shared-test-server.ts';

export default async function setUpTemporal(): Promise<void> {
  // The project `browser` needs the same, and both may be part of a run.
  const us = String(process.pid);
  if (process.env['TEST_SET_UP_BY'] === us) return;
  process.env['TEST_SET_UP_BY'] = us;
  const report = (line: string) => process.stderr.write(`${line}\n`);
  await findTemporalCli(report);
  process.env['TEMPORAL_TEST_SERVER_PATH'] = await sharedTestServer(await findTestServer(report));
  // Jest runs within a test of test/exits, which has a bundle.
  process.env['TEST_WORKFLOW_BUNDLE'] ??= await bundledWorkflows();
}

/** @returns the path of a file, which is deleted when this process ends */
async function bundledWorkflows(): Promise<string> {
  const bundle = await workflowBundle();
  if (!('code' in bundle)) throw new Error('the tests are to run on the source, not on a build');
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-bundle-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'workflows.js');
  await writeFile(path, bundle.code);
  return path;
}
