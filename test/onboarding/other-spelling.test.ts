/**
 * AR24 treats an address in other upper and lower case as another one: no second account by
 * accident.
 */
import { expect, test } from '@jest/globals';
import { accountsCreated } from '../support/ledger.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { Person } from '../support/person.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;
const HELD = 'Zoe.Brule@example.org';
const READY = { confirmed: '1', cgu: '1', firstname: 'Zoé', lastname: 'B' } as const;
const sensitive = {
  emailCase: 'sensitive',
  simulator: { switches: { emailCase: 'sensitive' } },
} as const;

test('the account is found in other case: the operator is asked, and has a second one created', async () => {
  const { simulator, start } = await openTestEnv(sensitive);
  simulator.createAccount({ ...READY, email: HELD });
  const sender = await start({ registration: registrationForm() });
  const view = await sender.reaches('awaiting-operator');
  expect(view).toMatchObject({ question: 'other-spelling', problem: null });
  expect(accountsCreated(simulator)).toBe(0);
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'two people' }],
  });
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('other-spelling', sender.handle);
});

test('the account is found in other case: the address is corrected, and its holder is asked', async () => {
  const { simulator, start } = await openTestEnv(sensitive);
  simulator.createAccount({ ...READY, email: HELD });
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-operator');
  await sender.handle.executeUpdate('correctAddress', {
    args: [{ email: HELD, emailHashes: ['1.own'], emailVerified: false, by: 'ops' }],
  });
  await sender.reaches('awaiting-attachment');
  await new Person(simulator, HELD).acceptsAccess();
  await sender.accepted('attachment');
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
  expect(accountsCreated(simulator)).toBe(0);
});

test.each([
  ['sensitive', { simulator: sensitive.simulator, emailCase: 'sensitive' }],
  ['insensitive', {}],
] as const)('no account in any case, AR24 %s: one is created', async (_how, options) => {
  const { simulator, start } = await openTestEnv(options);
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  expect(simulator.accounts().map(({ email }) => email)).toEqual([EMAIL]);
});
