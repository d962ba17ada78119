/** Bundles the workflow once for the whole run, and says so where a binary has to be fetched. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../devserver/chromium.ts';
import { findTemporalCli, findTestServer } from '../devserver/index.ts';
import { findSchemathesis } from '../devserver/schemathesis.ts';
import { workflowBundle } from '../worker/index.ts';
import { quickTestServer } from './support/quick-test-server.ts';

export default async function setup(): Promise<void> {
  const bundle = await workflowBundle();
  if (!('code' in bundle)) throw new Error('the tests are to run on the source, not on a build');
  const path = join(await mkdtemp(join(tmpdir(), 'sender-onboarding-bundle-')), 'workflows.js');
  await writeFile(path, bundle.code);
  process.env['TEST_WORKFLOW_BUNDLE'] = path;
  // Found before the first test, so that no test's own time limit covers a download or a build.
  const report = (line: string) => process.stderr.write(`${line}\n`);
  process.env['TEMPORAL_TEST_SERVER_PATH'] = await quickTestServer(await findTestServer(report));
  for (const find of [findTemporalCli, findChromium, findSchemathesis]) await find(report);
}
