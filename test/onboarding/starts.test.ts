/** Starts: repeated, several for one address, and invalid ones. */
import { expect, test } from '@jest/globals';
import {
  registerUpdate,
  TASK_QUEUE,
  WORKFLOW_TYPE,
  workflowIdOf,
} from '../../workflows/contract/index.ts';
import { accountsCreated, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;

test('the same reference started ten times at once is one run, with one mail', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ email: EMAIL });
  const starts = await Promise.allSettled(Array.from({ length: 10 }, () => start()));
  const [sender, ...others] = starts.flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  );
  if (!sender) throw new Error('none was started');
  expect(others).toEqual([]);
  await sender.reaches('awaiting-attachment');
  expect(mailsSent(simulator)).toBe(1);
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('started-ten-times', sender.handle);
});

test('two references for one address, neither of which finds the other in the search: one mail each, and both ready', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ email: EMAIL });
  const senders = await Promise.all([start({ reference: 'one' }), start({ reference: 'two' })]);
  for (const sender of senders) await sender.reaches('awaiting-attachment');
  await new Person(simulator, EMAIL).acceptsAccess();
  for (const sender of senders) {
    await sender.accepted('attachment');
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    await recordHistory(`shared-address-${sender.handle.workflowId.slice(-3)}`, sender.handle);
  }
  expect(mailsSent(simulator)).toBe(2);
});

test('two references for one new address: one account; the other is for the operator', async () => {
  const { simulator, start } = await openTestEnv();
  const first = await start({ reference: 'first' });
  const second = await start({ reference: 'second' });
  await first.reaches('awaiting-registration');
  await second.reaches('awaiting-registration');
  await first.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await first.reaches('awaiting-email');
  await second.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  expect(await second.reaches('awaiting-operator')).toMatchObject({ question: 'whose-account' });
  expect(accountsCreated(simulator)).toBe(1);

  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await first.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await second.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'the same customer, twice' }],
  });
  expect(await second.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('address-of-another-reference', second.handle);
});

test('one of two references is cancelled: the other continues', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ email: EMAIL });
  const given = await start({ reference: 'given-up' });
  const kept = await start({ reference: 'kept' });
  await given.reaches('awaiting-attachment');
  await kept.reaches('awaiting-attachment');
  await given.handle.executeUpdate('cancel', { args: [{ by: 'ops', reason: 'a double' }] });
  expect(await given.outcome()).toMatchObject({ kind: 'cancelled', accessRequested: true });
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await kept.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('kept-of-two', kept.handle);
});

test('an invalid start by hand fails at once, with the reason', async () => {
  const { temporal } = await openTestEnv();
  const request = onboardingRequest();
  const emailHashes = ['1.own'];
  for (const [n, [start, why]] of [
    [undefined, /started with request, emailHashes and accessRequestedBefore/],
    [{ request: null }, /started with request, emailHashes and accessRequestedBefore/],
    [{ request }, /emailHashes: the keyed hashes/],
    [{ request: { ...request, email: '' }, emailHashes }, /needs reference, email and require/],
    [{ request: { ...request, emailVerified: 'no' }, emailHashes }, /emailVerified: true or false/],
    [
      { request: { ...request, registration: { company_siret: 73282932000074 } }, emailHashes },
      /company_siret is not a text/,
    ],
  ].entries() as Iterable<[number, [unknown, RegExp]]>) {
    const run = temporal.client.workflow.execute(WORKFLOW_TYPE, {
      workflowId: workflowIdOf(`senseless-${n}`),
      taskQueue: TASK_QUEUE,
      args: [start],
    });
    await expect(run).rejects.toMatchObject({
      cause: { type: 'StartRefused', message: expect.stringMatching(why) as unknown },
    });
  }
});
