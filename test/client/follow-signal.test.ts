import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { meddlingClient } from './meddling.ts';
import { aReference, all, anAddress, reaches } from './onboardings.ts';

const world = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;
let reference: string;

beforeAll(async () => {
  stopWorker = await world.startWorker();
  client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  reference = aReference();
  await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
});

afterAll(async () => {
  await stopWorker();
});

test('however long one follows, nothing piles up on the signal', async () => {
  const stop = new AbortController();
  const listeners: number[] = [];
  for await (const view of client.follow(reference, { signal: stop.signal })) {
    listeners.push(getEventListeners(stop.signal, 'abort').length);
    if (listeners.length === 4) stop.abort();
    else await client.extend(reference, { until: dayAfter(view.deadline) });
  }
  expect(listeners).toEqual([0, 0, 0, 0]);
});

function dayAfter(deadline: string | null): Date {
  return new Date(Date.parse(deadline ?? '') + 86_400_000);
}

test('nothing is told that becomes known once the signal has aborted', async () => {
  const stop = new AbortController();
  const meddled = meddlingClient(world, {
    beforeQuery() {
      stop.abort();
      return Promise.resolve();
    },
  });
  expect(await all(meddled.follow(reference, { signal: stop.signal }))).toEqual([]);
});
