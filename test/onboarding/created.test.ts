/** The sender has no AR24 account: one is created from the form, once the form is valid. */
import { expect, test } from '@jest/globals';
import {
  addressReportedSignal,
  correctAddressUpdate,
  registerUpdate,
} from '../../workflows/contract/index.ts';
import { accountsCreated, callsTo, mailsSent } from '../support/ledger.ts';
import { Person } from '../support/person.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';
import { recordHistory } from '../support/histories.ts';
import { openTestEnv } from '../support/test-env.ts';

const EMAIL = onboardingRequest().email;

test('created from the submitted form, e-mail confirmed, then the terms accepted: ready', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm() });
  const person = new Person(simulator, EMAIL);
  expect(await sender.reaches('awaiting-email')).toMatchObject({ waitingFor: ['email', 'terms'] });
  await person.confirmsEmail();
  await sender.accepted('email');
  expect(await sender.reaches('awaiting-terms')).toMatchObject({ waitingFor: ['terms'] });
  await person.acceptsTerms();
  await sender.minutes(1);
  await sender.accepted('terms');
  expect(await sender.outcome()).toMatchObject({
    kind: 'ready',
    how: 'created',
    missing: ['payment', 'identity'],
  });
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('created', sender.handle);
});

test('the terms first, then the e-mail: ready all the same', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm() });
  const person = new Person(simulator, EMAIL);
  await sender.reaches('awaiting-email');
  await person.acceptsTerms();
  await sender.accepted('terms');
  await sender.shows('the terms accepted', (view) => view.waitingFor.join() === 'email');
  await person.confirmsEmail();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('created-terms-first', sender.handle);
});

test('the account has our reference, and no field that the form does not have', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm() });
  await sender.reaches('awaiting-email');
  const [account] = simulator.accounts();
  expect(account).toMatchObject({ custom_ref: 'customer-42', confirmed: false, cgu: false });
});

test('without a form the onboarding waits for it, and uses it', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start();
  expect(await sender.reaches('awaiting-registration')).toMatchObject({
    waitingFor: ['registration'],
  });
  expect(accountsCreated(simulator)).toBe(0);
  const view = await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  expect(['creating-account', 'awaiting-email']).toContain(view.status);
  await sender.reaches('awaiting-email');
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('form-waited-for', sender.handle);
});

test('a form that is never sent: expired, with no mail to anybody', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start();
  expect(await sender.outcome()).toMatchObject({ kind: 'expired', waitingFor: ['registration'] });
  expect(mailsSent(simulator)).toBe(0);
  await recordHistory('form-never-came', sender.handle);
});

test("AR24 refuses one field after the other: back to the form each time, with the field's name", async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ registration: registrationForm({ lastname: '' }) });
  const isRefused = async (field: string, slug: string) => {
    const view = await sender.shows(slug, ({ fieldErrors }) => fieldErrors[0]?.slug === slug);
    expect(view).toMatchObject({ status: 'awaiting-registration', waitingFor: ['registration'] });
    expect(view.fieldErrors).toEqual([{ field, slug }]);
  };
  await isRefused('lastname', 'missing_lastname');
  for (const [wrong, field, slug] of [
    [{ gender: 'X' }, 'gender', 'error_gender'],
    [{ country: 'ZZ' }, 'country', 'error_country'],
    [{ company_siret: '' }, 'company_siret', 'missing_company_siret'],
    [{ company_siret: '12345678901234' }, 'company_siret', 'error_company_siret'],
    [{ country: 'BE', zipcode: '1000' }, 'company_tva', 'missing_company_tva'],
  ] as const) {
    await sender.handle.executeUpdate('register', { args: [{ ...registrationForm(), ...wrong }] });
    await isRefused(field, slug);
  }
  expect(accountsCreated(simulator)).toBe(0);
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  expect(await sender.reaches('awaiting-email')).toMatchObject({ fieldErrors: [] });
  expect(accountsCreated(simulator)).toBe(1);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('fields-refused', sender.handle);
});

test('the address is corrected before there is an account: only the new one is used', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ email: 'wrong@example.org' });
  await sender.reaches('awaiting-registration');
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [{ email: EMAIL, emailHashes: ['1.abc'], emailVerified: false, by: 'ops' }],
  });
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await sender.reaches('awaiting-email');
  expect(simulator.accounts().map(({ email }) => email)).toEqual([EMAIL]);
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('address-corrected', sender.handle);
});

test('another address is reported before there is an account, and again when it is too late', async () => {
  const { simulator, start } = await openTestEnv();
  const sender = await start({ email: 'wrong@example.org' });
  await sender.reaches('awaiting-registration');
  const report = { emailHashes: ['1.abc'], emailVerified: false, by: 'event:clerk' };
  await sender.handle.signal(addressReportedSignal, { ...report, email: EMAIL, asOf: 2 });
  await sender.handle.signal(addressReportedSignal, { ...report, email: 'b@example.org', asOf: 1 });
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await sender.reaches('awaiting-email');
  expect(simulator.accounts().map(({ email }) => email)).toEqual([EMAIL]);
  await sender.handle.signal(addressReportedSignal, { ...report, email: 'b@example.org', asOf: 3 });
  expect((await sender.view()).otherAddress).toMatchObject({ by: 'event:clerk' });
  const person = new Person(simulator, EMAIL);
  await person.confirmsEmail();
  await person.acceptsTerms();
  expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'created' });
  await recordHistory('address-reported', sender.handle);
});

test('the address is corrected during a call: its answer does not count', async () => {
  const { simulator, start } = await openTestEnv({
    simulator: {
      faults: { latencyMs: { min: 1_500, max: 1_500, count: 1, routes: ['GET /user'] } },
    },
  });
  simulator.createAccount({ email: 'wrong@example.org' });
  const sender = await start({ email: 'wrong@example.org', registration: registrationForm() });
  await sender.shows('a call', () => callsTo(simulator, 'GET /user') === 1);
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [{ email: EMAIL, emailHashes: ['1.abc'], emailVerified: false, by: 'ops' }],
  });
  const { requests } = await sender.reaches('awaiting-email');
  // The call is cancelled some seconds later, and may have mailed the wrong address by then.
  expect(requests.map(({ kind }) => kind)).not.toContain('access');
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('address-corrected-in-a-call', sender.handle);
});

test("an address that AR24 calls malformed goes back to the person, with the field's name", async () => {
  const { start, simulator } = await openTestEnv();
  const sender = await start({ email: 'not an address', registration: registrationForm() });
  const view = await sender.reaches('awaiting-registration');
  expect(view.fieldErrors).toEqual([{ field: 'email', slug: 'email_wrong_format' }]);
  await sender.handle.executeUpdate(correctAddressUpdate, {
    args: [{ email: EMAIL, emailHashes: ['1.abc'], emailVerified: false, by: 'ops' }],
  });
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('address-malformed', sender.handle);
});

test.each(['user_already_exist', 'user_not_created'] as const)(
  'the address turns out to have an account (%s): its holder is asked instead',
  async (duplicateSlug) => {
    const { simulator, start } = await openTestEnv({ simulator: { switches: { duplicateSlug } } });
    const sender = await start();
    await sender.reaches('awaiting-registration');
    // Created meanwhile by the person.
    simulator.createAccount({
      email: EMAIL,
      confirmed: '1',
      cgu: '1',
      firstname: 'Z',
      lastname: 'B',
    });
    await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
    await sender.reaches('awaiting-attachment');
    expect(accountsCreated(simulator)).toBe(0);
    await new Person(simulator, EMAIL).acceptsAccess();
    expect(await sender.outcome()).toMatchObject({ kind: 'ready', how: 'attached' });
    await recordHistory(`taken-${duplicateSlug}`, sender.handle);
  },
);

test('a generic refusal without an account: back to the form once, then the operator', async () => {
  const { simulator, start } = await openTestEnv();
  // A bad postcode has no slug of its own (docs/ar24-api.md 3.3).
  const bad = registrationForm({ zipcode: 'nowhere' });
  const sender = await start({ registration: bad });
  const first = await sender.reaches('awaiting-registration');
  expect(first.fieldErrors).toEqual([{ field: 'form', slug: 'user_not_created' }]);
  await sender.handle.executeUpdate(registerUpdate, { args: [bad] });
  const second = await sender.reaches('awaiting-operator');
  expect(second).toMatchObject({ question: 'creation-refused', waitingFor: ['operator'] });
  expect(callsTo(simulator, 'POST /user')).toBe(2);
  expect(accountsCreated(simulator)).toBe(0);
  await sender.handle.executeUpdate(registerUpdate, { args: [registrationForm()] });
  await sender.handle.executeUpdate('override', {
    args: [{ requirement: 'operator', by: 'ops', reason: 'postcode corrected by phone' }],
  });
  await sender.reaches('awaiting-email');
  expect(accountsCreated(simulator)).toBe(1);
  await recordHistory('creation-refused', sender.handle);
});
