/** `onboard erase`, with and without a worker, and `onboard status` after it. */
import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { confirmByTyping } from '../../cli/input/confirmation.ts';
import { readAddress } from '../../cli/input/read-input.ts';
import { DELETES_SOON } from '../erasure/runs.ts';
import { aReference, anAddress, reaches } from '../client/onboardings.ts';
import { eventually } from '../support/eventually.ts';
import { jsonIn, jsonLinesIn, useRunningSystem } from './running-system.ts';

const system = useRunningSystem(DELETES_SOON);
const { testEnv, onboard } = system;

test('without confirmation nothing is done; without a worker it is accepted, and done later', async () => {
  const reference = aReference();
  await system.client.start({ reference, email: anAddress() });
  const refused = await onboard(['erase', reference]);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toContain('The account at AR24 stays');
  expect(refused.err).toContain('--yes');
  expect(await system.client.view(reference)).toMatchObject({ status: 'requesting-access' });
  expect(await system.client.erasure(reference)).toBeUndefined();

  const args = ['erase', reference, '--yes', '--by', 'ticket 7'];
  const early = await onboard(args);
  expect(early).toMatchObject({ code: 5, out: '' });
  expect(early.err).toContain('accepted');
  expect(early.err).toContain('no worker has begun it yet');

  const pending = await onboard(['status', reference]);
  expect(pending.out).toContain('erasure was requested');
  expect(pending.out).toContain('no worker has begun it');

  const stop = await testEnv.startWorker();
  const done = await onboard([...args, '--json']);
  expect(done.code).toBe(0);
  expect(jsonIn(done.out)).toEqual({
    reference,
    by: 'ticket 7',
    requestedAt: expect.any(String),
    erasedAt: expect.any(String),
    onboardingRuns: 1,
    notificationRuns: 0,
    found: true,
  });
  const printed = await onboard(['erase', reference, '--yes']);
  expect(printed).toMatchObject({ code: 0 });
  expect(printed.out).toContain(`${reference} is erased\n`);
  expect(printed.out).toContain('onboardings: 1, notifications: 0');
  await reaches(system.client, reference, 'cancelled');
  const after = await onboard(['status', reference]);
  expect(after).toMatchObject({ code: 0, out: printed.out });
  const json = jsonIn((await onboard(['status', reference, '--json'])).out);
  expect(json).toMatchObject({ reference, erasure: { by: 'ticket 7', onboardingRuns: 1 } });

  const never = aReference();
  const mistyped = await onboard(['erase', never, '--yes', '--json']);
  expect(mistyped.code).toBe(3);
  expect(jsonIn(mistyped.out)).toMatchObject({ reference: never, onboardingRuns: 0, found: false });
  expect(mistyped.err).toContain(`no onboarding had the reference ${never}`);
  const again = await onboard(['erase', never, '--yes']);
  expect(again.code).toBe(3);
  expect(again.out).not.toContain('is erased');
  const unknown = await onboard(['status', never]);
  expect(unknown).toMatchObject({ code: 3, out: '' });
  expect(unknown.err).toContain(`no onboarding had the reference ${never}`);
  expect(unknown.err).not.toContain('cancelled');
  const watched = await onboard(['watch', never]);
  expect(watched).toMatchObject({ code: 3, out: '' });
  expect(watched.err).toContain(`no onboarding had the reference ${never}`);
  const watchedErased = await onboard(['watch', reference]);
  expect(watchedErased).toMatchObject({ code: 6, out: '' });
  expect(watchedErased.err).toContain(`${reference} is erased`);

  const cancelled = aReference();
  await system.client.start({ reference: cancelled, email: anAddress() });
  await system.client.cancel(cancelled, { reason: 'a test' });
  const listed = await eventually(
    'listed',
    () => onboard(['list', '--status', 'cancelled']),
    ({ out }) => [reference, never, cancelled].every((one) => out.includes(one)),
  );
  expect(listed.out).toMatch(new RegExp(`${reference} +erased`));
  expect(listed.out).toMatch(new RegExp(`${never} +erased`));
  expect(listed.out).toMatch(new RegExp(`${cancelled} +cancelled`));
  const rows = jsonLinesIn((await onboard(['list', '--json'])).out);
  expect(rows).toContainEqual(expect.objectContaining({ reference: never, erased: true }));
  expect(rows).toContainEqual(expect.not.objectContaining({ erased: true }));
  await stop();
});

test('an address is asked for on a terminal', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const asked = readAddress('-', { input, output });
  input.write(' jeanne@example.org \n');
  expect(await asked).toBe('jeanne@example.org');
  expect(String(output.read())).toContain('E-mail address: ');
});

test.each([
  ['customer-42\n', 'gone ahead'],
  ['customer-4\n', 'not confirmed; nothing was done'],
  ['\n', 'not confirmed; nothing was done'],
])('a person who types %j', async (typed, outcome) => {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const confirmed = confirmByTyping('customer-42', 'It is permanent.', { input, output }).then(
    () => 'gone ahead',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  input.write(typed);
  expect(await confirmed).toBe(outcome);
  expect(String(output.read())).toContain('It is permanent.');
});
