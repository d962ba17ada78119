// A host application in plain JavaScript: runs a worker from the installed package, starts one
// onboarding, and one that makes no sense, and writes down what becomes of them: into a file, as
// Temporal's core logs to standard output. `node host-worker.js ADDRESS FILE`
import { writeFile } from 'node:fs/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { Ar24Client } from 'sender-onboarding/ar24';
import {
  createEncryptionKey,
  encryptingConverter,
  parseEncryptionKeys,
} from 'sender-onboarding/codec';

const installed = new URL('./node_modules/sender-onboarding/dist/', import.meta.url);
const { createOnboardingWorker } = await import(new URL('worker/index.js', installed));
const contract = await import(new URL('workflows/contract/index.js', installed));

const [address, file] = process.argv.slice(2);
const dataConverter = encryptingConverter(parseEncryptionKeys(createEncryptionKey('host')));
const connection = await NativeConnection.connect({ address });
const worker = await createOnboardingWorker({
  connection,
  namespace: 'default',
  dataConverter,
  // Nobody answers there: the onboarding can start, and no more.
  ar24: new Ar24Client({ baseUrl: 'http://127.0.0.1:9/api/', token: 't', privateKey: 'k' }),
  settings: {
    termsProof: 'field',
    termsMail: 'request',
    preAcceptTerms: false,
    preConfirmEmail: false,
    paymentRequest: 'mail',
  },
  maxCallsPerSecond: 10,
});
const run = worker.run();

const client = new Client({ connection: await Connection.connect({ address }), dataConverter });
const request = {
  reference: 'from-a-package',
  email: 'jeanne@example.org',
  emailVerified: false,
  language: 'fr',
  require: [],
};
const onboarding = await client.workflow.start(contract.WORKFLOW_TYPE, {
  workflowId: contract.workflowIdOf(request.reference),
  taskQueue: contract.TASK_QUEUE,
  args: [
    {
      request,
      emailHashes: ['1.hash'],
      accessRequestedBefore: false,
      identityOrderedBefore: false,
    },
  ],
});
const { reference, status } = await onboarding.query('view');
await onboarding.terminate();

const senseless = await client.workflow.start(contract.WORKFLOW_TYPE, {
  workflowId: contract.workflowIdOf('senseless'),
  taskQueue: contract.TASK_QUEUE,
  args: [{}],
});
const heard = await senseless.result().catch((error) => error.cause.message);
const { events } = await senseless.fetchHistory();
const kept = events.at(-1).workflowExecutionFailedEventAttributes.failure.message;
await writeFile(file, JSON.stringify({ reference, status, failure: { heard, kept } }));

worker.shutdown();
await run;
await connection.close();
await client.connection.close();
