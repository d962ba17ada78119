import { expect, test } from '@jest/globals';
import type { z } from 'zod';
import {
  InvalidRequestError,
  parseRequest,
  registrationForm as schema,
  registrationWarnings,
} from '../../client/index.ts';
import { addressCorrection } from '../../client/schemas/messages.ts';
import { startRequest } from '../../client/schemas/start-request.ts';
import type { RegistrationForm } from '../../workflows/contract/index.ts';
import { registrationForm } from '../support/people.ts';

function faultsOf(request: unknown): readonly string[] {
  try {
    parseRequest(startRequest, request);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    return error.faults.map(({ path, message }) => `${path}: ${message}`);
  }
}

const request = (fields: object = {}) => ({
  reference: 'customer-42',
  email: 'zoe@example.org',
  ...fields,
});

test('fields that are left out have a default', () => {
  expect(parseRequest(startRequest, request())).toEqual({
    reference: 'customer-42',
    email: 'zoe@example.org',
    emailVerified: false,
    language: 'fr',
    require: [],
  });
});

test.each([
  'zoe.brule@example.org',
  'Zoé+ar24@exämple.fr',
  "o'neill_%&*=?@sub.example.co.uk",
  '用户@例子.广告',
  'x@xn--exmple-cua.xn--p1ai',
])('%s is accepted as an address, unchanged', (email) => {
  expect(parseRequest(startRequest, request({ email: ` ${email} ` })).email).toBe(email);
});

test.each([
  'zoe',
  'zoe@',
  '@example.org',
  'zoe@example',
  'zoe@@example.org',
  'zoe brule@example.org',
  'zoe@example.org,other@example.org',
  'zoe\u0000@example.org',
  'Zoe <zoe@example.org>',
  'zoe..b@example.org',
  '.zoe@example.org',
  'zoe.@example.org',
  'zoe@example..org',
  'zoe@example.org.',
  'zoe@example.123',
  'zo\u200be@example.org',
  'zoe@exam\u00adple.org',
  'zo\ufffd@example.org',
  '\u200b',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b.'.repeat(130)}fr`,
])('%j is refused as an address', (email) => {
  expect(faultsOf(request({ email }))).not.toEqual([]);
});

test('a corrected address is parsed as that of a start, without characters around it', () => {
  const parsed = parseRequest(addressCorrection, {
    email: '\ufeff\u200ezoe@example.org\u00a0',
    by: 'crm',
  });
  expect(parsed.email).toBe('zoe@example.org');
  expect(() =>
    parseRequest(addressCorrection, { email: 'zo\u2060e@example.org', by: 'crm' }),
  ).toThrow('email: contains an invisible character');
});

test('a reference that holds an address is refused, and the message says what to use', () => {
  expect(faultsOf(request({ reference: 'zoe@example.org' }))).toEqual([
    'reference: must not be an e-mail address: use an opaque reference of your own',
  ]);
});

test.each(['', 'a b', 'a/b', 'é', '.', '..', 'x'.repeat(129)])(
  '%j is refused as a reference',
  (reference) => {
    expect(faultsOf(request({ reference }))).toHaveLength(1);
  },
);

test('all faults are reported at once, with their paths and without a value', () => {
  const secret = 'Zq7-never-print';
  const { zipcode, ...rest } = registrationForm({ lastname: `${secret}\nx` });
  expect(zipcode).toBeDefined();
  const faults = faultsOf({
    reference: `${secret}@example.org`,
    email: secret,
    language: secret,
    require: [secret],
    registration: { ...rest, gender: secret, address1: secret.repeat(20), country: secret },
  });
  expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
    'email',
    'language',
    'reference',
    'registration.address1',
    'registration.country',
    'registration.gender',
    'registration.lastname',
    'registration.zipcode',
    'require.0',
  ]);
  expect(faults.join('\n')).not.toContain(secret);
});

test.each([
  ['cgu', "it comes from the worker's settings"],
  ['confirmed', "it comes from the worker's settings"],
  ['email', 'given apart'],
  ['custom_ref', 'always the reference'],
])('%s in the form is refused with the reason', (field, reason) => {
  const registration = { ...registrationForm(), [field]: '1' };
  const [fault] = faultsOf(request({ registration }));
  expect(fault).toContain(`registration: "${field}" is not taken`);
  expect(fault).toContain(reason);
});

test('an unknown field is named, unless its name may be personal data', () => {
  expect(faultsOf(request({ phone: '1' }))).toEqual([': unknown field "phone"']);
  expect(faultsOf(request({ 'zoe@example.org': '1' }))).toEqual([
    ': unknown field a field with an odd name',
  ]);
});

test('the schema accepts every form that the contract allows', () => {
  const form: RegistrationForm = registrationForm({ address2: 'Bât. B', notif_billing: '1' });
  // Compiles only while the schema knows every field of the contract and accepts all its values.
  const asTheSchemaSeesIt: z.output<typeof schema> = form;
  expect(parseRequest(schema, asTheSchemaSeesIt)).toEqual(form);
});

test('the form is normalised to what AR24 accepts', () => {
  const form = registrationForm({
    country: 'fr',
    company_siret: '732 829 320 00074',
    firstname: '  Zoe\u0301 ',
    address2: '  ',
  });
  expect(parseRequest(schema, form)).toMatchObject({
    country: 'FR',
    company_siret: '73282932000074',
    firstname: 'Zoé',
    address2: undefined,
  });
});

test('requirements are a set', () => {
  const { require } = parseRequest(
    startRequest,
    request({ require: ['identity', 'payment', 'identity'] }),
  );
  expect(require).toEqual(['payment', 'identity']);
});

test('evidence of accepted terms is dated, in UTC, and not in the future', () => {
  const evidence = (acceptedAt: string) =>
    request({ termsEvidence: { version: '2026-01', acceptedAt } });
  const parsed = parseRequest(startRequest, evidence('2026-01-31T10:00:00+01:00'));
  expect(parsed.termsEvidence?.acceptedAt).toBe('2026-01-31T09:00:00.000Z');
  expect(faultsOf(evidence('2999-01-01T00:00:00Z'))).toEqual([
    'termsEvidence.acceptedAt: is in the future',
  ]);
  expect(faultsOf(evidence('yesterday'))).toHaveLength(1);
});

test('a missing SIRET is a warning where AR24 wants one, and AR24 decides', () => {
  const form = (fields: Partial<RegistrationForm>) =>
    registrationWarnings(registrationForm({ company_siret: undefined, ...fields }));
  expect(form({})).toEqual([
    {
      path: 'company_siret',
      rule: 'siret-wanted',
      message: 'AR24 expects a SIRET from every business and public body in France',
    },
  ]);
  expect(form({ country: 'RE', zipcode: '97400', statut: 'administration' })).toHaveLength(1);
  expect(form({ statut: 'particulier' })).toEqual([]);
  expect(form({ country: 'CH' })).toEqual([]);
});
