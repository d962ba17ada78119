/**
 * A worker in a process of its own, which can be killed. Run by node: ADDRESS API_URL TOKEN KEY.
 */
import { readFile } from 'node:fs/promises';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { createOnboardingWorker, workflowBundle } from '../../worker/index.ts';
import { otherRequesters } from './requesters.ts';
import { SETTINGS } from './settings.ts';
import { dataConverter } from './encryption.ts';

const [address = '', baseUrl = '', token = '', privateKey = ''] = process.argv.slice(2);
const bundle = process.env['TEST_WORKFLOW_BUNDLE'];

Runtime.install({ logger: new DefaultLogger('ERROR') });
const worker = await createOnboardingWorker({
  dataConverter,
  connection: await NativeConnection.connect({ address }),
  namespace: 'default',
  ar24: new Ar24Client({ baseUrl, token, privateKey }),
  settings: SETTINGS,
  maxCallsPerSecond: 1000,
  requesters: otherRequesters(),
  activatePatches: 'all',
  workflowBundle:
    bundle === undefined ? await workflowBundle() : { code: await readFile(bundle, 'utf8') },
  // The test server may give tasks to the worker that is gone.
  maxCachedWorkflows: 0,
});
const run = worker.run();
process.stdout.write('running\n');
await run;
