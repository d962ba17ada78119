/** When a sender who waits counts as one whom nobody looks after. */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient, type PendingCall } from '../../client/index.ts';
import { describe } from '../../client/onboarding-run.ts';
import { stuckBecause } from '../../client/stuck.ts';
import { DEFAULT_POLICY } from '../../workflows/contract/index.ts';
import { eventually } from '../support/eventually.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { aReference, anAddress } from './onboardings.ts';

const HOUR_MS = 3_600_000;
const world = useDevelopmentServer();
let client: OnboardingClient;

beforeAll(async () => {
  const policy = { ...DEFAULT_POLICY, poll: { firstSeconds: 1, maxSeconds: 1 } };
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY, policy });
  await world.startWorker();
});

function polled(reference: string, fits: (call: PendingCall) => boolean) {
  return eventually(
    'the poll is so far',
    () => client.view(reference),
    ({ calls: [poll] }) => poll !== undefined && fits(poll),
  );
}

/** One who began to wait three days ago, and saw AR24's last change then. */
async function reasonsAt(reference: string, hoursSincePoll: number) {
  const longAgo = new Date(Date.now() - 72 * HOUR_MS);
  const run = { ...(await describe(world.temporal, reference)), startTime: longAgo };
  const view = await client.view(reference);
  if (view.partial) throw new Error('no worker answers');
  const known = { ...view, lastLook: { at: longAgo.toISOString(), answer: '' } };
  return stuckBecause(run, known, Date.now() + hoursSincePoll * HOUR_MS);
}

test('a poll that saw no change is a look, and one that AR24 did not answer hides it not', async () => {
  const reference = aReference();
  await client.start({ reference, email: anAddress() });
  await polled(reference, ({ unchanged }) => unchanged);
  expect(await reasonsAt(reference, 0)).toEqual([]);
  world.simulator.setFaults({ http5xx: {} });
  await polled(reference, ({ unchanged, lastAnswer }) => !unchanged && lastAnswer !== null);
  expect(await reasonsAt(reference, 0)).toEqual([]);
  expect(await reasonsAt(reference, 25)).toEqual(['no-look']);
});

test('a poll that has only begun its pause is no look', async () => {
  world.simulator.setFaults({});
  const slow = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  const reference = aReference();
  await slow.start({ reference, email: anAddress() });
  await polled(reference, ({ nextTry }) => nextTry !== null);
  expect(await reasonsAt(reference, 0)).toEqual(['no-look']);
});
