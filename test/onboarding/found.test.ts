/** The address has an account that is attached to us already: who owns it? */
import { expect, test } from '@jest/globals';
import { callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const attached = {
  email: EMAIL,
  confirmed: '1',
  cgu: '1',
  firstname: 'Zoé',
  lastname: 'B',
  attached: '1',
} as const;

test('ours by custom_ref: ready at once, with nothing sent', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, custom_ref: 'customer-42' });
  const sender = await start();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  expect(mailsSent(simulator)).toBe(0);
  expect(callsTo(simulator, 'POST /user/request_access')).toBe(0);
  await recordHistory('found-by-reference', sender.handle);
});

test('the partner vouches for the address: ready at once, with nothing sent', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount(attached);
  const sender = await start({ emailVerified: true });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  expect(mailsSent(simulator)).toBe(0);
  await recordHistory('found-vouched-for', sender.handle);
});

test('neither: the operator decides, and may confirm the owner', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, custom_ref: 'somebody-else' });
  const sender = await start();
  const view = await sender.reaches('awaiting-operator');
  expect(view).toMatchObject({ question: 'whose-account', waitingFor: ['operator'] });
  await sender.days(3);
  expect(mailsSent(simulator)).toBe(0);
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'checked by phone' }],
  });
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    how: 'found',
    overrides: [{ requirement: 'operator' }],
  });
  await recordHistory('whose-account', sender.handle);
});

test('another SIRET than in the form: the operator decides', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, company_siret: '35600000000048' });
  const sender = await start({ emailVerified: true, registration: registrationForm() });
  expect(await sender.reaches('awaiting-operator')).toMatchObject({ question: 'other-siret' });
  expect(mailsSent(simulator)).toBe(0);
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'moved to another establishment' }],
  });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  await recordHistory('other-siret', sender.handle);
});

test('the same SIRET with spaces: ready', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, company_siret: '732 829 320 00074' });
  const sender = await start({ emailVerified: true, registration: registrationForm() });
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  await recordHistory('same-siret', sender.handle);
});

test('an account without accepted terms is asked for the terms only', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, cgu: '0' });
  const sender = await start({ emailVerified: true });
  await sender.shows('the terms mail', ({ requests }) => requests.length === 1);
  expect(mailsSent(simulator, 'terms')).toBe(1);
  expect(mailsSent(simulator)).toBe(1);
  await new Person(simulator, EMAIL).acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'found' });
  await recordHistory('found-terms-open', sender.handle);
});

test('an account that AR24 no longer shows is for the operator, not for a second creation', async () => {
  const { simulator, start } = await openTestEnv();
  simulator.createAccount({ ...attached, cgu: '0' });
  const sender = await start({ emailVerified: true, registration: registrationForm() });
  await sender.reaches('awaiting-terms');
  await simulator.reset();
  await sender.check();
  const view = await sender.reaches('awaiting-operator');
  expect(view.question).toBe('account-gone');
  expect(callsTo(simulator, 'POST /user')).toBe(0);
  await recordHistory('account-gone', sender.handle);
});
