import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from '../../../gateway/events/read-event.ts';
import { parseEventSources } from '../../../gateway/events/sources.ts';
import { draws } from '../../support/draws.ts';
import {
  aSecret,
  exampleFile,
  exampleSources,
  fixture,
  SECRETS,
  type FixtureName,
} from './events.ts';
import { FIELDS, sourceOf } from './own-source.ts';

function faultsOf(file: string, environment: Record<string, string> = {}): string {
  try {
    parseEventSources(file, (variable) => environment[variable]);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return String(error);
  }
}

async function deedOf(sourceName: string, name: FixtureName, changes = {}) {
  const source = (await exampleSources()).find((one) => one.name === sourceName);
  if (source === undefined) throw new Error(`no source ${sourceName}`);
  return readEvent(source, JSON.parse(await fixture(name, changes)));
}

test("Clerk's published events start, correct and cancel with the example configuration", async () => {
  const reference = 'user_29w83sxmDNGwOuEthce5gg56FcC';
  const request = {
    reference,
    email: 'example@example.org',
    emailVerified: true,
    language: 'fr',
    require: [],
  };
  const addressAsOf = new Date(1654012591835);
  expect(await deedOf('clerk', 'clerk-user-created')).toEqual({
    kind: 'start',
    request,
    addressAsOf,
  });
  expect(await deedOf('clerk', 'clerk-user-updated')).toEqual({
    kind: 'correct',
    report: {
      reference,
      email: 'example@example.org',
      emailVerified: true,
      asOf: new Date(1654012824306),
    },
    // They signed up years ago.
    otherwise: undefined,
  });
  const recent = { '1654012591514': String(Date.now() - 86_400_000) };
  expect(await deedOf('clerk', 'clerk-user-updated', recent)).toMatchObject({ otherwise: request });
  expect(await deedOf('clerk', 'clerk-user-deleted')).toEqual({
    kind: 'cancel',
    reference: 'user_29wBMCtzATuFJut8jO2VNTVekS4',
    type: 'user.deleted',
  });
  expect(
    await deedOf('clerk', 'clerk-user-created', {
      '"verified"': '"unverified"',
      '"public_metadata": {}': '"public_metadata": { "language": "en-GB" }',
    }),
  ).toMatchObject({ request: { emailVerified: false, language: 'en' } });
});

test('of several addresses at Clerk the primary one is used, whatever their order', async () => {
  const other = { id: 'idn_other', email_address: 'other@example.org' };
  const published = JSON.parse(await fixture('clerk-user-created')) as {
    data: { email_addresses: unknown[] };
  };
  published.data.email_addresses.unshift(other);
  const clerk = (await exampleSources())[0];
  if (clerk === undefined) throw new Error('no source');
  const deed = readEvent(clerk, JSON.parse(JSON.stringify(published)));
  expect(deed).toMatchObject({ request: { email: 'example@example.org' } });
});

test("Supabase's published events start, without a statement on whether the address is verified", async () => {
  expect(await deedOf('supabase', 'supabase-before-user-created')).toEqual({
    kind: 'start',
    addressAsOf: undefined,
    request: {
      reference: 'ff7fc9ae-3b1b-4642-9241-64adb9848a03',
      email: 'valid.email@supabase.com',
      emailVerified: false,
      require: [],
    },
  });
});

test("Supabase's event of a changed user corrects, and vouches if the address is confirmed", async () => {
  const reference = 'ff7fc9ae-3b1b-4642-9241-64adb9848a03';
  const read = (changes = {}) => deedOf('supabase-users', 'supabase-users-updated', changes);
  expect(await read()).toEqual({
    kind: 'correct',
    report: {
      reference,
      email: 'valid.email@supabase.com',
      emailVerified: true,
      asOf: new Date('2025-04-29T20:15:02.130001Z'),
    },
    otherwise: undefined,
  });
  const unconfirmed = { '"2025-04-29T20:15:02.123456+00:00"': 'null' };
  expect(await read(unconfirmed)).toMatchObject({ report: { emailVerified: false } });
  expect(await read({ UPDATE: 'INSERT' })).toMatchObject({
    kind: 'start',
    request: { reference, emailVerified: true, language: 'fr' },
  });
  expect(await read({ UPDATE: 'DELETE' })).toEqual({ kind: 'cancel', reference, type: 'DELETE' });
});

test('a sign-up without an address is ignored, and is no fault', async () => {
  const none = { 'valid.email@supabase.com': '' };
  for (const deed of [
    await deedOf('supabase', 'supabase-before-user-created', none),
    await deedOf('supabase-users', 'supabase-users-updated', none),
    await deedOf('crm', 'customer-registered', { '"jeanne@example.org"': 'null' }),
  ]) {
    expect(deed).toEqual({ kind: 'without-address' });
  }
  const clerk = (await exampleSources())[0];
  const event = JSON.parse(await fixture('clerk-user-created')) as { data: object };
  const data = { ...event.data, email_addresses: [], primary_email_address_id: null };
  if (clerk === undefined) throw new Error('no source');
  expect(readEvent(clerk, { ...event, data })).toEqual({ kind: 'without-address' });
});

test("a partner's own events may have numbers as references, the form, and claims", async () => {
  expect(await deedOf('crm', 'customer-registered')).toMatchObject({
    kind: 'start',
    request: {
      reference: '4711',
      emailVerified: true,
      language: 'en',
      require: ['payment'],
      registration: { zipcode: '01000', country: 'FR', company_siret: '73282932000074' },
    },
  });
  const claimed = await deedOf('crm', 'customer-registered', {
    'customer.registered': 'customer.terms_accepted',
  });
  expect(claimed).toEqual({ kind: 'claim', reference: '4711', what: 'terms' });
});

test('an incomplete form is left out, and the sign-up is accepted', async () => {
  const deed = await deedOf('crm', 'customer-registered', { '"title": "F",': '' });
  expect(deed).toMatchObject({ kind: 'start', request: { reference: '4711' } });
  expect(deed).not.toHaveProperty('request.registration');
  expect(deed).toMatchObject({ formFaults: [{ field: 'registration.gender' }] });
});

test('a missing field is named, with its configured place', () => {
  expect(readEvent(sourceOf({}), { type: 'started', id: null, email: ['a@b.fr'] })).toEqual({
    kind: 'unusable',
    faults: [{ field: 'reference ($.id)', message: 'is missing, or has several values' }],
  });
  expect(readEvent(sourceOf({}), { type: 5 })).toMatchObject({ kind: 'unusable' });
  expect(readEvent(sourceOf({}), { type: 'changed' })).toEqual({ kind: 'none', type: 'changed' });
  const twice = sourceOf({ reference: '$..id' });
  expect(readEvent(twice, { type: 'left', id: 'a', of: { id: 'b' } })).toMatchObject({
    kind: 'unusable',
  });
});

test('an error lists all faults of the file, and no secret', async () => {
  const [secret, short] = [aSecret(), 'whsec_c2hvcnQ='];
  const file = JSON.stringify({
    sources: [
      { name: 'one', secrets: [secret, short], fields: FIELDS, events: { start: ['a', 'a'] } },
      { name: 'one', secrets: [secret], fields: FIELDS, events: {} },
      {
        name: 'two',
        secretsFrom: 'UNSET',
        fields: { ...FIELDS, email: undefined },
        events: { start: ['a'] },
      },
    ],
  });
  const faults = faultsOf(file);
  expect(faults.split('\n')).toEqual([
    'TypeError: sources.0.secrets.1: 24 bytes or more in base64 are expected, such as whsec_…',
    'sources.0.events: a type of event is named twice',
    'sources.1.name: another source is called one',
    'sources.1.events: no event does anything',
    'sources.2.secretsFrom: UNSET is not set',
    'sources.2.fields.email: is needed by events that start an onboarding',
  ]);
  const shapes = faultsOf(
    JSON.stringify({
      sources: [
        {
          name: 'A B',
          secrets: [secret],
          fields: { ...FIELDS, type: 'type', extra: 1 },
          events: { start: ['a'] },
        },
        {
          name: 'c',
          secretsFrom: secret,
          fields: FIELDS,
          events: { start: ['a b'] },
          language: 'de',
        },
      ],
    }),
  );
  for (const path of ['0.name', '0.fields.type', '0.fields', '1.secretsFrom', '1.language']) {
    expect(shapes).toContain(`sources.${path}: `);
  }
  for (const text of [faults, shapes, faultsOf(`{"secrets": ["${secret}" nonsense`)]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain('c2hvcnQ');
  }
  expect(faultsOf(`{"a": ["${secret}"\n nonsense`)).toMatch(/no JSON, at line 2 column \d+/);
  const remembering = { withoutAddress: 'remember', events: { correct: ['a'] } };
  const source = { name: 'a', secrets: [secret], fields: { type: '$.t', reference: '$.r' } };
  expect(
    faultsOf(JSON.stringify({ sources: [{ ...source, ...remembering }] })).split('\n'),
  ).toEqual([
    'TypeError: sources.0.fields.email: is needed by events that correct it',
    'sources.0.fields.updatedAt: is needed by events that correct: an older one must change nothing',
    'sources.0.fields.signedUpAt: is needed to remember: an old sign-up must not start an onboarding',
  ]);
  const stolen = SECRETS.CLERK_WEBHOOK_SECRETS;
  expect(faultsOf(await exampleFile(), { ...SECRETS, CRM_EVENT_SECRETS: stolen })).toContain(
    'is also a secret of clerk',
  );
});

test('any JSON is read without an error', async () => {
  const sources = await exampleSources();
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...sources), (event, source) => {
      const type = fc.sample(fc.constantFrom(...source.effects.keys()), 1)[0] ?? '';
      readEvent(source, event);
      readEvent(source, { type, data: event });
    }),
    { numRuns: draws(2_000) },
  );
});

test('any depth of nesting is read', () => {
  const depth = 30_000;
  const event: unknown = JSON.parse(`{"type":"left","x":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(readEvent(sourceOf({ reference: '$..id' }), event)).toMatchObject({ kind: 'unusable' });
});
