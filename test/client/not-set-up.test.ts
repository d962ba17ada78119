import { expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { OnboardingClient, TemporalUnavailableError } from '../../client/index.ts';
import { days } from '../support/days.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, all, anAddress } from './onboardings.ts';
import { dataConverter } from '../support/encryption.ts';

const NAMESPACE = 'without-a-worker-so-far';
const testEnv = useDevelopmentServer();

test('if no worker has ever run, the error says to start one', async () => {
  const { connection } = testEnv.temporal;
  await testEnv.temporal.workflowService.registerNamespace({
    namespace: NAMESPACE,
    workflowExecutionRetentionPeriod: days(1),
  });
  const temporal = new Client({ connection, namespace: NAMESPACE, dataConverter });
  const client = new OnboardingClient({ temporal, hashKey: HASH_KEY });
  const calls = [
    () => client.start({ reference: aReference(), email: anAddress() }),
    () => all(client.list({ status: 'ready' })),
  ];
  for (const call of calls) {
    const error = await eventually(
      'known to all parts of the server',
      () => call().catch((failure: unknown) => failure),
      (failure) => !(failure instanceof Error && failure.message.includes('has no namespace')),
    );
    expect(error).toBeInstanceOf(TemporalUnavailableError);
    expect(error).toHaveProperty('message', expect.stringContaining('start a worker once'));
  }
});
