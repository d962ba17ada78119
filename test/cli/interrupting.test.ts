/** Ctrl-C while Temporal does not answer. */
import { beforeAll, expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { watchToTheEnd } from '../../cli/watch/watch.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress } from '../client/onboardings.ts';

const testEnv = useDevelopmentServer();
let reference: string;

beforeAll(async () => {
  reference = aReference();
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  await client.start({ reference, email: anAddress() });
});

/** A client that never gets an answer for the timeline. */
function silentAtTheTimeline(requested: () => void): OnboardingClient {
  const client = new OnboardingClient({ temporal: testEnv.temporal, hashKey: HASH_KEY });
  client.timeline = () => {
    requested();
    return new Promise(() => undefined);
  };
  return client;
}

test('it ends the watching at once', async () => {
  const stop = Promise.withResolvers<'stop'>();
  const client = silentAtTheTimeline(() => {
    stop.resolve('stop');
  });
  let ended = 0;
  const end = (): void => {
    ended += 1;
  };
  const display = { show: () => undefined, end };
  await expect(watchToTheEnd(client, reference, display, stop.promise)).resolves.toBeUndefined();
  expect(ended).toBe(1);
});
