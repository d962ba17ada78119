/** What AR24 may answer to an access request, besides a plain yes. */
import { expect, test } from '@jest/globals';
import { remindUpdate } from '../../../workflows/contract/index.ts';
import { callsTo, mailsSent } from '../../support/ledger.ts';
import { Person } from '../../support/person.ts';
import { recordHistory } from '../../support/histories.ts';
import { onboardingRequest } from '../../support/people.ts';
import type { SenderUnderTest } from '../../support/sender.ts';
import { openTestEnv } from '../../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
} as const;
const REQUESTED = 'POST /user/request_access';

/** AR24 is asked again only a while after its last mail. */
async function remind(sender: SenderUnderTest): Promise<void> {
  await sender.minutes(11);
  await sender.handle.executeUpdate(remindUpdate);
}

test.each([
  ['success', 'attached', null],
  ['error', 'found', 'had_it_already'],
] as const)(
  'access that was granted during the request, answered by %s: ready, and nobody is mailed',
  async (alreadyAttachedAnswer, how, slug) => {
    const { simulator, start } = await openTestEnv({
      simulator: { switches: { alreadyAttachedAnswer, alreadyAttachedSlug: 'had_it_already' } },
      beforeCall: ({ route }, ar24) => {
        if (route === REQUESTED) ar24.updateAccount(EMAIL, { attached: 1 });
      },
    });
    simulator.createAccount(complete);
    const sender = await start({ emailVerified: true });
    await sender.shows('the call', () => callsTo(simulator, REQUESTED) === 1);
    const shown = await sender.shows(
      'what came of it',
      ({ problem, requests }) => problem !== null || requests.length > 0,
    );
    expect(shown.problem?.slug ?? null).toBe(slug);
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how });
    expect(mailsSent(simulator)).toBe(0);
    expect(callsTo(simulator, REQUESTED)).toBe(1);
  },
);

test('an open request, repeated: whether AR24 mails or not, it is one request, and counted', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { pendingAccessAgain: 'silent' } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  await remind(sender);
  await sender.shows('the reminder', ({ requests }) => requests[0]?.times === 2);
  expect(mailsSent(simulator)).toBe(1);
  simulator.setSwitches({ pendingAccessAgain: 'mail' });
  await remind(sender);
  await sender.shows('another', ({ requests }) => requests[0]?.times === 3);
  expect(mailsSent(simulator)).toBe(2);
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
});

/** AR24 accepts no further request once its holder has refused. */
async function refusedForGood() {
  const { simulator, start } = await openTestEnv({
    simulator: { switches: { refusedAccessAgain: 'error', refusedAccessSlug: 'no_means_no' } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.reaches('awaiting-attachment');
  const person = new Person(simulator, EMAIL);
  await person.refusesAccess();
  await remind(sender);
  const { problem } = await sender.shows('the problem', (view) => view.problem !== null);
  expect(problem).toMatchObject({ kind: 'unknown-slug', slug: 'no_means_no' });
  expect(mailsSent(simulator)).toBe(1);
  return { simulator, sender, person };
}

test('no request after a refusal: shown by its slug, and ended as refused if the slug is known', async () => {
  const { simulator, sender } = await refusedForGood();
  await sender.refused('ops');
  expect(await sender.outcome()).toMatchObject({ kind: 'refused', by: 'ops' });
  await recordHistory('refused-for-good', sender.handle);
  expect(mailsSent(simulator)).toBe(1);
});

test('no request after a refusal: a holder who changes their mind is ready all the same', async () => {
  const { simulator, sender, person } = await refusedForGood();
  await person.acceptsAccess();
  await sender.check();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(mailsSent(simulator)).toBe(1);
});

test('requested again after a refusal, AR24 mails: one mail more, and the holder may accept it', async () => {
  const { simulator, sender, person } = await refusedForGood();
  simulator.setSwitches({ refusedAccessAgain: 'mail' });
  await sender.minutes(6);
  await sender.check();
  await sender.shows('the mail', () => mailsSent(simulator) === 2);
  await person.acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(mailsSent(simulator)).toBe(2);
});

test('another slug for an address without an account is accepted if it is configured', async () => {
  const { simulator, start } = await openTestEnv({
    environment: { AR24_NO_ACCOUNT_SLUGS: 'user_not_exist,nobody_here' },
    simulator: { switches: { accessNoAccountSlug: 'nobody_here' } },
  });
  const sender = await start();
  expect(await sender.reaches('awaiting-registration')).toMatchObject({ problem: null });
  expect(simulator.ledger().effects).toEqual([]);
});
