/** What a partner may require in addition: a way to pay, a verified identity, and a name. */
import { expect, test } from '@jest/globals';
import { remindUpdate } from '../../workflows/contract/index.ts';
import { callsTo, lettersSent, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const attached = { email: EMAIL, confirmed: '1', cgu: '1', attached: '1' } as const;
const named = { ...attached, firstname: 'Zoé', lastname: 'B' } as const;

test('payment and identity are requested once each, awaited, then ready', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(named);
  const sender = await start({ emailVerified: true, require: ['payment', 'identity'] });
  expect(await sender.reaches('awaiting-payment')).toMatchObject({
    waitingFor: ['payment', 'identity'],
  });
  expect(lettersSent(simulator)).toBe(0);
  const person = new Person(simulator, EMAIL);
  await person.clicks('payment', 'pay');
  await sender.check();
  await sender.reaches('awaiting-identity');
  await sender.days(8);
  expect(lettersSent(simulator)).toBe(1);
  await person.clicks('identity-letter', 'enter-key');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', missing: [] });
  expect(callsTo(simulator, 'POST /user/payment_request')).toBe(1);
  expect(callsTo(simulator, 'POST /user/identity')).toBe(1);
  await recordHistory('payment-and-identity', sender.handle);
});

test('a payment link instead of a mail, if the partner wants to show it itself', async () => {
  const { simulator, start } = await openTestEnv({ settings: { paymentRequest: 'link' } });
  simulator.createAccount(named);
  const sender = await start({ emailVerified: true, require: ['payment'] });
  const { paymentLink } = await sender.shows('a link', (view) => view.paymentLink !== null);
  expect(mailsSent(simulator)).toBe(0);
  await simulator.follow(paymentLink ?? 'no link');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', missing: ['identity'] });
  await recordHistory('payment-link', sender.handle);
});

test('a payment link that AR24 does not send: a problem, and shown once it does', async () => {
  const { simulator, start } = await openTestEnv({
    settings: { paymentRequest: 'link' },
    simulator: { switches: { paymentLinkField: 'elsewhere' } },
  });
  simulator.createAccount(named);
  const sender = await start({ emailVerified: true, require: ['payment'] });
  const { problem: first } = await sender.shows('the problem', ({ problem }) => problem !== null);
  expect(first?.kind).toBe('contract');
  await sender.minutes(90);
  expect(await sender.view()).toMatchObject({
    status: 'awaiting-payment',
    problem: { kind: 'contract', since: first?.since },
    paymentLink: null,
    deadline: null,
  });

  simulator.setSwitches({ paymentLinkField: 'link' });
  await sender.handle.executeUpdate(remindUpdate);
  const { paymentLink } = await sender.shows('a link', (view) => view.paymentLink !== null);
  expect(await sender.view()).toMatchObject({ problem: null });
  expect(mailsSent(simulator)).toBe(0);
  await simulator.follow(paymentLink ?? 'no link');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('payment-link-missing', sender.handle);
});

test('an account without a name waits for its profile', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, firstname: '', lastname: '', name: '' });
  const sender = await start({ emailVerified: true });
  expect(await sender.reaches('awaiting-profile')).toMatchObject({ waitingFor: ['profile'] });
  simulator.updateAccount(EMAIL, { name: 'Zoé Brûlé' });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready' });
  await recordHistory('profile', sender.handle);
});
