import { beforeAll, expect, test } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { HEEDED_TYPE, heededIdOf } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { recordHistory } from '../support/histories.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { all, anAddress, aReference, listed, reaches } from './onboardings.ts';

const world = useDevelopmentServer();
let client: OnboardingClient;
const reason = 'user.deleted';

beforeAll(() => {
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY, actor: 'sign-up' });
});

test('with no worker up: taken, whether or not it has begun, and however often it is said', async () => {
  const [begun, unheard] = [aReference(), aReference()];
  await client.start({ reference: begun, email: anAddress() });
  expect(await client.withdraw(begun, { reason })).toBe('taken');
  expect(await client.withdraw(unheard, { reason })).toBe('taken');
  expect(await client.withdraw(unheard, { reason })).toBe('taken');
  // Its starting event comes late.
  const late = await client.start({ reference: unheard, email: anAddress() });
  expect(late).toMatchObject({ kind: 'ended', ending: { kind: 'cancelled' } });
  // Also to who starts it again: what stands in its place asked for nothing.
  const anew = { reference: unheard, email: anAddress() };
  expect(await client.start(anew, { restart: true })).toMatchObject({ kind: 'ended' });

  const stop = await world.startWorker();
  await reaches(client, begun, 'cancelled');
  await reaches(client, unheard, 'cancelled');
  expect((await client.view(begun)).outcome).toMatchObject({ by: 'sign-up', reason });
  expect((await client.view(unheard)).outcome).toMatchObject({ by: 'sign-up', reason });
  expect(await client.withdraw(begun, { reason })).toBe('ended');
  expect(await client.withdraw(unheard, { reason })).toBe('ended');

  const cancelled = await listed(() => client.list({ status: 'cancelled' }), unheard);
  expect(cancelled.map(({ reference }) => reference)).toEqual(expect.arrayContaining([begun]));
  expect(await client.timeline(unheard)).not.toHaveLength(0);
  // Who signs up again, on purpose, is let in.
  const again = { reference: unheard, email: anAddress() };
  expect(await client.start(again, { restart: true })).toMatchObject({ kind: 'started' });
  await reaches(client, unheard, 'awaiting-registration');
  expect(await all(client.list({ status: 'cancelled' }))).toEqual(
    expect.not.arrayContaining([expect.objectContaining({ reference: unheard, status: 'ready' })]),
  );

  // An event that came when all had ended, and comes again, is not about what was begun since.
  const eventId = 'msg_left';
  const over = { reference: begun, email: anAddress() };
  expect(await client.withdraw(begun, { reason, eventId })).toBe('ended');
  expect(await client.start(over, { restart: true })).toMatchObject({ kind: 'started' });
  expect(await client.withdraw(begun, { reason, eventId })).toBe('earlier');
  await reaches(client, begun, 'awaiting-registration');
  expect(await client.withdraw(begun, { reason, eventId: 'msg_another' })).toBe('taken');
  await reaches(client, begun, 'cancelled');
  await recordHistory('event-heeded', await heeded(begun));
  await stop();
});

/** What says that an event about this one was. */
function heeded(reference: string): Promise<WorkflowHandle> {
  return eventually(
    'found',
    async () => {
      const query = `WorkflowType = '${HEEDED_TYPE}' AND ExecutionStatus = 'Completed'`;
      const runs = await all(world.temporal.workflow.list({ query }));
      return runs.find(({ workflowId }) => workflowId.startsWith(heededIdOf(reference, '')));
    },
    (run) => run !== undefined,
  ).then((run) => world.temporal.workflow.getHandle(run?.workflowId ?? ''));
}
