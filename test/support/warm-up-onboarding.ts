/**
 * A process with one onboarding on the given server, so that the server has loaded what tests use.
 */
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from '../../ar24/index.ts';
import { startSimulator } from '../../simulator/index.ts';
import { createOnboardingWorker } from '../../worker/index.ts';
import {
  cancelUpdate,
  checkSignal,
  TASK_QUEUE,
  viewQuery,
  WORKFLOW_TYPE,
} from '../../workflows/contract/index.ts';
import { addSearchAttributes } from './attributes.ts';
import { eventually } from './eventually.ts';
import { onboardingRequest, registrationForm } from './people.ts';
import { SETTINGS } from './settings.ts';
import { quietRuntime, workflowBundle } from './temporal.ts';
import { dataConverter } from './encryption.ts';

quietRuntime();
const [, , address = ''] = process.argv;
const connection = await eventually(
  'answered',
  () => Connection.connect({ address }).catch(() => undefined),
  (made) => made !== undefined,
);
if (connection === undefined) throw new Error('it does not answer');
await addSearchAttributes(connection, 'default');
const simulator = await startSimulator({ port: 0 });
const { apiUrl: baseUrl, token, privateKey } = simulator;
const native = await NativeConnection.connect({ address });
const worker = await createOnboardingWorker({
  dataConverter,
  connection: native,
  namespace: 'default',
  ar24: new Ar24Client({ baseUrl, token, privateKey }),
  settings: SETTINGS,
  maxCallsPerSecond: 1000,
  workflowBundle: await workflowBundle(),
});
const running = worker.run();
const request = onboardingRequest({ registration: registrationForm() });
const handle = await new Client({ connection, dataConverter }).workflow.start(WORKFLOW_TYPE, {
  workflowId: `onboarding/${request.reference}`,
  taskQueue: TASK_QUEUE,
  args: [
    {
      request,
      emailHashes: ['1.own'],
      accessRequestedBefore: false,
      identityOrderedBefore: false,
    },
  ],
});
await eventually(
  'created',
  () => handle.query(viewQuery),
  ({ status }) => status === 'awaiting-email',
);
await handle.signal(checkSignal);
await handle.executeUpdate(cancelUpdate, { args: [{ by: 'tests', reason: 'enough' }] });
await handle.result();
worker.shutdown();
await running;
// Open connections end with the process.
process.exit();
