import { beforeAll, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { PROCESSED_EVENT_TYPE, processedEventIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { all, anAddress, aReference, listed, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
const reason = 'user.deleted';

beforeAll(() => {
  client = new OnboardingClient({
    temporal: testEnv.temporal,
    hashKey: HASH_KEY,
    actor: 'sign-up',
  });
});

test('a withdrawal is accepted without a worker, before and after the start, and any number of times', async () => {
  const [started, unknownSender] = [aReference(), aReference()];
  await client.start({ reference: started, email: anAddress() });
  expect(await client.withdraw(started, { reason })).toBe('taken');
  expect(await client.withdraw(unknownSender, { reason })).toBe('taken');
  expect(await client.withdraw(unknownSender, { reason })).toBe('taken');
  // The event that starts it arrives late.
  const late = await client.start({ reference: unknownSender, email: anAddress() });
  expect(late).toMatchObject({ kind: 'ended', ending: { kind: 'cancelled' } });
  // A restart gets the same answer: the cancelled onboarding in its place requested nothing.
  const later = { reference: unknownSender, email: anAddress() };
  expect(await client.start(later, { restart: true })).toMatchObject({ kind: 'ended' });

  const stop = await testEnv.startWorker();
  await reaches(client, started, 'cancelled');
  await reaches(client, unknownSender, 'cancelled');
  expect((await client.view(started)).outcome).toMatchObject({ by: 'sign-up', reason });
  expect((await client.view(unknownSender)).outcome).toMatchObject({ by: 'sign-up', reason });
  expect(await client.withdraw(started, { reason })).toBe('ended');
  expect(await client.withdraw(unknownSender, { reason })).toBe('ended');

  const cancelled = await listed(() => client.list({ status: 'cancelled' }), unknownSender);
  expect(cancelled.map(({ reference }) => reference)).toEqual(expect.arrayContaining([started]));
  expect(await client.timeline(unknownSender)).not.toHaveLength(0);
  // A later sign-up on purpose is accepted.
  const again = { reference: unknownSender, email: anAddress() };
  expect(await client.start(again, { restart: true })).toMatchObject({ kind: 'started' });
  await reaches(client, unknownSender, 'awaiting-registration');
  expect(await all(client.list({ status: 'cancelled' }))).toEqual(
    expect.not.arrayContaining([
      expect.objectContaining({ reference: unknownSender, status: 'ready' }),
    ]),
  );

  // An event that arrived after the end is delivered again: it does not end the onboarding begun
  // since.
  const eventId = 'msg_left';
  const over = { reference: started, email: anAddress() };
  expect(await client.withdraw(started, { reason, eventId })).toBe('ended');
  expect(await client.start(over, { restart: true })).toMatchObject({ kind: 'started' });
  expect(await client.withdraw(started, { reason, eventId })).toBe('earlier');
  await reaches(client, started, 'awaiting-registration');
  expect(await client.withdraw(started, { reason, eventId: 'msg_another' })).toBe('taken');
  await reaches(client, started, 'cancelled');
  await recordHistory('event-processed', await processedEvent(started));
  await stop();
});

/** The run that marks an event about this reference as processed. */
function processedEvent(reference: string): Promise<WorkflowHandle> {
  return eventually(
    'found',
    async () => {
      const query = `WorkflowType = '${PROCESSED_EVENT_TYPE}' AND ExecutionStatus = 'Completed'`;
      const runs = await all(testEnv.temporal.workflow.list({ query }));
      return runs.find(({ workflowId }) =>
        workflowId.startsWith(processedEventIdOf(reference, '')),
      );
    },
    (run) => run !== undefined,
  ).then((run) => testEnv.temporal.workflow.getHandle(run?.workflowId ?? ''));
}
