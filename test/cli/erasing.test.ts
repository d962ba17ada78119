/** `onboard erase`: asked for, waited for, and told honestly where nobody does it. */
import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { confirmByTyping } from '../../cli/input/confirmation.ts';
import { DELETES_SOON } from '../erasure/runs.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { jsonIn, useScene } from './scene.ts';

const scene = useScene(DELETES_SOON);
const { world, onboard } = scene;

test('without a word for it nothing is done; with no worker it is accepted, and done later', async () => {
  const reference = aReference();
  await scene.client.start({ reference, email: anAddress() });
  const refused = await onboard(['erase', reference]);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('The account at AR24 stays');
  expect(refused.err).toContain('--yes');
  expect(await scene.client.view(reference)).toMatchObject({ status: 'requesting-access' });
  expect(await scene.client.erasure(reference)).toBeUndefined();

  const args = ['erase', reference, '--yes', '--by', 'ticket 7'];
  const early = await onboard(args);
  expect(early).toMatchObject({ code: 5, out: '' });
  expect(early.err).toContain('accepted');
  expect(early.err).toContain('no worker has taken it up yet');

  const stop = await world.startWorker();
  const done = await onboard([...args, '--json']);
  expect(done.code).toBe(0);
  expect(jsonIn(done.out)).toEqual({
    reference,
    by: 'ticket 7',
    requestedAt: expect.any(String),
    erasedAt: expect.any(String),
    onboardingRuns: 1,
    notificationRuns: 0,
  });
  const told = await onboard(['erase', reference, '--yes']);
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toContain(`${reference} is erased\n`);
  expect(told.out).toContain('onboardings: 1, notifications: 0');
  await reaches(scene.client, reference, 'cancelled');
  expect((await onboard(['status', reference])).out).toContain('erased');
  await stop();
});

test.each([
  ['customer-42\n', 'gone ahead'],
  ['customer-4\n', 'not confirmed; nothing was done'],
  ['\n', 'not confirmed; nothing was done'],
])('a person who types %j', async (typed, outcome) => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const asked = confirmByTyping('customer-42', 'It is for good.', { input, output }).then(
    () => 'gone ahead',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  input.write(typed);
  expect(await asked).toBe(outcome);
  expect(String(output.read())).toContain('It is for good.');
});
