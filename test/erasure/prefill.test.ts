/** The part of the form that the partner gave is deleted with the onboarding. */
import { expect, test } from '@jest/globals';
import { OnboardingClient } from '../../client/index.ts';
import { HASH_KEY, useDevelopmentServer } from '../client/development-server.ts';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { DELETES_SOON, everythingStored } from './runs.ts';

const testEnv = useDevelopmentServer(DELETES_SOON);

test('no history and no search result holds a prefill of the start, or a later one', async () => {
  const { temporal } = testEnv;
  const client = new OnboardingClient({ temporal, hashKey: HASH_KEY });
  const stop = await testEnv.startWorker();
  const reference = aReference();
  const prefill = { city: 'Unmistakable-sur-Mer' };
  await client.start({ reference, email: anAddress(), prefill });
  await reaches(client, reference, 'awaiting-registration');
  await client.setPrefill(reference, { lastname: 'Unmistakable-Brûlé' });
  await eventually(
    'both are stored',
    () => everythingStored(temporal),
    (text) => text.includes('Unmistakable-sur-Mer') && text.includes('Unmistakable-Brûlé'),
  );

  await client.erase(reference);
  await eventually(
    'erased',
    () => client.erasure(reference),
    (erasure) => erasure?.kind === 'erased',
  );
  const left = await everythingStored(temporal);
  expect(left).toContain(reference);
  expect(left).not.toContain('Unmistakable');
  expect(await client.prefill(reference)).toBeUndefined();
  await stop();
});
