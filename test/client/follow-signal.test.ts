import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY, useDevelopmentServer } from './development-server.ts';
import { interceptingClient } from './intercepting-client.ts';
import { aReference, all, anAddress, reaches } from './onboardings.ts';

const testEnv = useDevelopmentServer();
let client: OnboardingClient;
let stopWorker: () => Promise<void>;
let reference: string;

beforeAll(async () => {
  stopWorker = await testEnv.startWorker();
  client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  reference = aReference();
  await client.start({ reference, email: anAddress() });
  await reaches(client, reference, 'awaiting-registration');
});

afterAll(async () => {
  await stopWorker();
});

test('following leaves no listener on the abort signal', async () => {
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

test('after the signal has aborted, no view is returned', async () => {
  const stop = new AbortController();
  const intercepting = interceptingClient(testEnv, {
    beforeQuery() {
      stop.abort();
      return Promise.resolve();
    },
  });
  expect(await all(intercepting.follow(reference, { signal: stop.signal }))).toEqual([]);
});
