/** Answers that are lost, and workers that stop during a call: no effect more than needed. */
import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { accountsCreated, callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { Person } from '../support/person.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const complete = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'Brûlé',
} as const;

test('the answer to the creation is lost after the commit: one account', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { loseAnswer: { count: 1, routes: ['POST /user'] } } },
  });
  const sender = await start({ registration: registrationForm() });
  await sender.minutes(2);
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  expect(callsTo(simulator, 'POST /user')).toBe(1);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('creation-answer-lost', sender.handle);
});

test('the worker stops while the account is being created: one account', async () => {
  const { simulator, start, replaceWorker } = await openTestEnv({
    replaceable: true,
    // Slow enough that the worker stops after AR24 has received the call.
    simulator: {
      faults: { latencyMs: { min: 1_500, max: 1_500, routes: ['POST /user'], count: 1 } },
    },
  });
  const sender = await start({ registration: registrationForm() });
  await eventually(
    'called',
    () => Promise.resolve(callsTo(simulator, 'POST /user')),
    (calls) => calls === 1,
  );
  await replaceWorker();
  await eventually(
    'created',
    () => Promise.resolve(accountsCreated(simulator)),
    (accounts) => accounts === 1,
  );
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('worker-stopped-while-creating', sender.handle);
});

test('one lost answer to request_access: one mail more, and the view says so', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { loseAnswer: { count: 1, routes: ['POST /user/request_access'] } } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.minutes(1);
  const view = await sender.reaches('awaiting-attachment');
  expect(mailsSent(simulator, 'access-request')).toBe(2);
  expect(view.requests).toMatchObject([{ kind: 'access', times: 2, unconfirmed: 1 }]);
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('access-answer-lost', sender.handle);
});

test('every answer to request_access lost: repeated once, then left to the reminder', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { loseAnswer: { routes: ['POST /user/request_access'] } } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.minutes(30);
  const view = await sender.reaches('awaiting-attachment');
  expect(mailsSent(simulator, 'access-request')).toBe(2);
  expect(view.requests).toMatchObject([{ kind: 'access', times: 2, unconfirmed: 2 }]);
  expect(view.nextReminder).not.toBeNull();
  await new Person(simulator, EMAIL).acceptsAccess();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  await recordHistory('access-answers-all-lost', sender.handle);
});

test('a holder who refuses while every answer is lost is mailed no more', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { loseAnswer: { routes: ['POST /user/request_access'] } } },
  });
  simulator.createAccount(complete);
  const sender = await start();
  await sender.shows('the repetition', ({ requests }) => requests[0]?.times === 2);
  await sender.refused('the holder');
  expect(await sender.outcome()).toMatchObject({ kind: 'refused', by: 'the holder' });
  expect(mailsSent(simulator, 'access-request')).toBe(2);
  await recordHistory('refused-while-answers-are-lost', sender.handle);
});

test.each([1, 2])(
  '%d lost answers to request_cgu: one mail more for each at most, and the view says so',
  async (count) => {
    const { simulator, start } = await openTestEnv({
      settings: { termsMail: 'request' },
      simulator: {
        switches: { termsMailOnCreation: false },
        faults: { loseAnswer: { count, routes: ['POST /user/request_cgu'] } },
      },
    });
    const sender = await start({ registration: registrationForm() });
    await sender.minutes(1);
    const { requests } = await sender.shows(
      'the repetition',
      (view) => view.requests[0]?.times === 2,
    );
    expect(mailsSent(simulator, 'terms')).toBe(2);
    expect(requests).toMatchObject([{ kind: 'terms', unconfirmed: count }]);
    const person = new Person(simulator, EMAIL);
    await person.confirmsEmail();
    await person.acceptsTerms();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
    await recordHistory(`terms-answer-lost-${count}`, sender.handle);
  },
);

test('the answer to the identity order is lost: never repeated, the operator decides', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: { faults: { loseAnswer: { routes: ['POST /user/identity'] } } },
  });
  simulator.createAccount({ ...complete, attached: '1', custom_ref: 'customer-42' });
  const sender = await start({ require: ['identity'] });
  const view = await sender.reaches('awaiting-operator');
  expect(view).toMatchObject({ question: 'identity-order-lost', waitingFor: ['operator'] });
  await sender.days(10);
  expect(lettersSent(simulator)).toBe(1);
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'AR24 confirmed the order' }],
  });
  await sender.reaches('awaiting-identity');
  simulator.updateAccount(EMAIL, { is_identity_verified: true });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', missing: ['payment'] });
  expect(lettersSent(simulator)).toBe(1);
  await recordHistory('identity-answer-lost', sender.handle);
});
