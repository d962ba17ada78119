/** Ctrl-C while Temporal does not answer. */
import { beforeAll, expect, test } from '@jest/globals';
import { Client } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { watchToTheEnd } from '../../cli/watch/watch.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { aReference, anAddress } from '../client/onboardings.ts';
import { dataConverter } from '../support/encryption.ts';

const world = useDevelopmentServer();
const LIMIT_MS = 20_000;
let reference: string;

beforeAll(async () => {
  reference = aReference();
  const client = new OnboardingClient({ temporal: world.temporal, hashKey: HASH_KEY });
  await client.start({ reference, email: anAddress() });
});

/** A client whose second look at an onboarding, for the timeline, is never answered. */
function silentAtTheTimeline(asked: () => void): OnboardingClient {
  let looks = 0;
  const temporal = new Client({
    dataConverter,
    connection: world.temporal.connection,
    interceptors: {
      workflow: [
        {
          describe(input, next) {
            if (++looks === 1) return next(input);
            asked();
            return new Promise(() => undefined);
          },
        },
      ],
    },
  });
  return new OnboardingClient({ temporal, hashKey: HASH_KEY });
}

test(
  'it ends the watching at once',
  async () => {
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
  },
  LIMIT_MS,
);
