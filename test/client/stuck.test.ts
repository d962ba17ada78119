/** When a waiting sender counts as stuck because AR24 was not read. */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, type PendingCall } from '../../client/index.ts';
import { POLL } from '../../client/pending-call.ts';
import { describe } from '../../client/run.ts';
import { stuckBecause } from '../../client/stuck.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress } from './onboardings.ts';

const HOUR_MS = 3_600_000;
const testEnv = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(() => {
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
});

function startWorker(pauseSeconds: number): Promise<() => Promise<void>> {
  const poll = { firstSeconds: pauseSeconds, maxSeconds: pauseSeconds };
  return testEnv.startWorker({ policy: { poll } });
}

function polled(reference: string, fits: (call: PendingCall) => boolean) {
  return eventually(
    'a poll in this state',
    () => client.view(reference),
    ({ calls: [poll] }) => poll !== undefined && fits(poll),
  );
}

/** Of an onboarding that began to wait three days ago, when AR24 last showed a change. */
async function reasonsAt(reference: string, hoursSincePoll: number) {
  const longAgo = new Date(Date.now() - 72 * HOUR_MS);
  const run = { ...(await describe(testEnv.temporal, reference)), startTime: longAgo };
  const view = await client.view(reference);
  if (view.partial) throw new Error('no worker answers');
  const known = { ...view, lastRead: { at: longAgo.toISOString(), answer: '' } };
  return stuckBecause(run, known, view.calls, Date.now() + hoursSincePoll * HOUR_MS);
}

test('a poll in a pause is not overdue before the pause ends, however long ago the last read was', async () => {
  const stop = await startWorker(86_400);
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await polled(reference, ({ what, nextTry }) => what === POLL && nextTry !== null);
  expect(await reasonsAt(reference, 0)).toEqual([]);
  expect(await reasonsAt(reference, 40)).toEqual([]);
  expect(await reasonsAt(reference, 52)).toEqual(['no-look']);
  await stop();
});

test('a poll without a change counts as a read, also while later tries fail', async () => {
  await startWorker(1);
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await polled(reference, ({ unchanged }) => unchanged);
  expect(await reasonsAt(reference, 0)).toEqual([]);
  testEnv.simulator.setFaults({ http5xx: {} });
  await polled(reference, ({ unchanged, lastAnswer }) => !unchanged && lastAnswer !== null);
  expect(await reasonsAt(reference, 0)).toEqual([]);
  expect(await reasonsAt(reference, 25)).toEqual(['no-look']);
});
