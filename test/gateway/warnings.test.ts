/** Forms that the partner's API refuses, and those that get a warning. */
import { beforeAll, expect, test } from '@jest/globals';
import { anAddress, aReference, reaches } from '../client/onboardings.ts';
import { useDevelopmentServer } from '../client/development-server.ts';
import { registrationForm } from '../support/people.ts';
import { startGatewayUnderTest, type GatewayUnderTest } from './gateway.ts';

const here = useDevelopmentServer();
let gateway: GatewayUnderTest;

beforeAll(async () => {
  gateway = await startGatewayUnderTest(here.temporal, { mailsPerAddressAndDay: 2 });
  await here.startWorker();
});

const put = (email: string, form: object, reference = aReference()) =>
  gateway.call('PUT', `/onboardings/${reference}`, { body: { email, registration: form } });

test('an invalid form is a 422 that names its fields, and counts no mail', async () => {
  const email = anAddress();
  const impossible = registrationForm({ company_siret: '732829320', zipcode: '1000' });
  for (let times = 0; times < 3; times++) {
    expect(await put(email, impossible)).toMatchObject({
      status: 422,
      json: {
        code: 'impossible-value',
        errors: [
          { pointer: '/registration/zipcode', detail: expect.stringContaining('has 4 digits') },
          { pointer: '/registration/company_siret', detail: expect.stringContaining('SIREN') },
        ],
      },
    });
  }
  const reference = aReference();
  const written = registrationForm({ zipcode: 'F-01000', firstname: 'Zoé\u200b' });
  const started = await put(email, written, reference);
  expect(started).toMatchObject({ status: 202, json: { reference, warnings: [] } });
  await reaches(gateway.onboardings, reference, 'awaiting-email');
  const account = here.simulator.accounts().find((one) => one.email === email);
  expect(account).toMatchObject({ firstname: 'Zoé', zipcode: '01000' });
});

test('a doubtful form is accepted, with a warning that names the field and no value', async () => {
  const doubtful = registrationForm({ lastname: 'Null', zipcode: '96100', company_siret: '' });
  const warnings = [
    { pointer: '/registration/lastname', rule: 'nothing' },
    { pointer: '/registration/zipcode', rule: 'postcode-area' },
    { pointer: '/registration/company_siret', rule: 'siret-wanted' },
  ];
  const reference = aReference();
  const email = anAddress();
  for (let times = 0; times < 2; times++) {
    const started = await put(email, doubtful, reference);
    expect(started).toMatchObject({ status: 202, json: { warnings } });
    expect(started.text).not.toMatch(/Null"|96100/);
  }
  expect(await put(anAddress(), registrationForm(), 'undefined')).toMatchObject({
    json: { warnings: [{ pointer: '', detail: expect.stringContaining('reference') }] },
  });
});

test('a form that is sent later is checked in the same way', async () => {
  const reference = aReference();
  await gateway.call('PUT', `/onboardings/${reference}`, { body: { email: anAddress() } });
  await reaches(gateway.onboardings, reference, 'awaiting-registration');
  const post = (form: object) =>
    gateway.call('POST', `/onboardings/${reference}/registration`, { body: form });
  expect(await post(registrationForm({ company_siret: '73282932000075' }))).toMatchObject({
    status: 422,
    json: { errors: [{ pointer: '/company_siret' }] },
  });
  expect(await post(registrationForm({ lastname: 'Null' }))).toMatchObject({
    status: 200,
    json: { reference, warnings: [{ pointer: '/lastname', rule: 'nothing' }] },
  });
});
