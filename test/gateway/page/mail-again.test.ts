/** *Send the message again*, once the last one is old enough. */
import { expect, it } from '@jest/globals';
import { OnboardingClient } from '../../../client/index.ts';
import { again } from '../../../gateway/page/actions.ts';
import { HASH_KEY } from '../../client/development-server.ts';
import { openTestEnv } from '../../support/test-env.ts';

it('does not count as a mail of the day if none is sent', async () => {
  const { temporal, start } = await openTestEnv();
  const sender = await start();
  await sender.reaches('awaiting-registration');
  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  onboardings.mails.keyOf = () => Promise.resolve('1.hash');
  const view = await onboardings.view('customer-42');
  if (view.partial) throw new Error('no worker answered');
  let given = 0;
  const giveBack = (): Promise<void> => {
    given += 1;
    return Promise.resolve();
  };
  const budget = { take: () => Promise.resolve({ giveBack }) };
  expect(await again({ onboardings, budget }, { reference: 'customer-42', view })).toBe('not-now');
  expect(given).toBe(1);
});

it('has AR24 mail once more, and not again so soon', async () => {
  const { simulator, temporal, start } = await openTestEnv();
  const email = 'holder@example.org';
  simulator.createAccount({ email });
  const sender = await start({ email });
  await sender.reaches('awaiting-attachment');
  await sender.minutes(11);

  const onboardings = new OnboardingClient({ temporal: temporal.client, hashKey: HASH_KEY });
  const budget = { take: () => Promise.resolve({ giveBack: () => Promise.resolve() }) };
  const press = async (setBackMs = 0) => {
    const view = await onboardings.view('customer-42');
    if (view.partial) throw new Error('no worker answered');
    const now = (await temporal.currentTimeMs()) - setBackMs;
    return again({ onboardings, budget }, { reference: 'customer-42', view }, now);
  };
  const mails = () => simulator.mailbox().filter(({ to }) => to === email);
  expect(mails()).toHaveLength(1);
  expect(await press()).toBe('mailed-access');
  await sender.shows('asked twice', ({ requests }) => requests[0]?.times === 2);
  expect(mails()).toHaveLength(2);
  expect(await press()).toBe('too-early');
  expect(mails()).toHaveLength(2);

  // The workflow decides if the gateway's clock may be wrong.
  const halfAnHourMs = 30 * 60_000;
  expect(await press(halfAnHourMs)).toBe('not-now');
  await sender.minutes(11);
  expect(await press(halfAnHourMs)).toBe('mailed-access');
});
