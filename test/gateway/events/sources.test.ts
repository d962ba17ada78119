import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEvent } from '../../../gateway/events/read-event.ts';
import { createVerifier, parseSecret } from '../../../gateway/events/secrets.ts';
import { parseEventSources, type EventSource } from '../../../gateway/events/sources.ts';
import {
  aSecret,
  exampleFile,
  exampleSources,
  fixture,
  SECRETS,
  signedHeaders,
  type FixtureName,
} from './events.ts';

const FIELDS = { type: '$.type', reference: '$.id', email: '$.email' };

function sourceOf(fields: object, more: object = {}): EventSource {
  const sources = parseEventSources(
    JSON.stringify({
      sources: [
        {
          name: 'own',
          secrets: [aSecret()],
          fields: { ...FIELDS, ...fields },
          events: { start: ['started'], cancel: ['left'] },
          ...more,
        },
      ],
    }),
    {},
  );
  const [source] = sources;
  if (source === undefined) throw new Error('no source');
  return source;
}

function faultsOf(file: string, environment: Record<string, string> = {}): string {
  try {
    parseEventSources(file, environment);
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

test('what Clerk publishes starts, resumes and cancels by the example configuration', async () => {
  const reference = 'user_29w83sxmDNGwOuEthce5gg56FcC';
  const request = {
    reference,
    email: 'example@example.org',
    emailVerified: true,
    language: 'fr',
    require: [],
  };
  expect(await deedOf('clerk', 'clerk-user-created')).toEqual({ kind: 'start', request });
  expect(await deedOf('clerk', 'clerk-user-updated')).toEqual({ kind: 'resume', reference });
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

test("of several addresses of Clerk's the primary one is taken, wherever it stands", async () => {
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

test('what Supabase publishes starts, without a word on whether the address is verified', async () => {
  expect(await deedOf('supabase', 'supabase-before-user-created')).toEqual({
    kind: 'start',
    request: {
      reference: 'ff7fc9ae-3b1b-4642-9241-64adb9848a03',
      email: 'valid.email@supabase.com',
      emailVerified: false,
      require: [],
    },
  });
});

test("a partner's own events bring numbers as references, the form, and claims", async () => {
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

test('a form that is not whole is left out, and the sign-up is not', async () => {
  const deed = await deedOf('crm', 'customer-registered', { '"title": "F",': '' });
  expect(deed).toMatchObject({ kind: 'start', request: { reference: '4711' } });
  expect(JSON.stringify(deed)).not.toContain('registration');
});

test('an event without a field that it needs says which, and where it was looked for', () => {
  expect(readEvent(sourceOf({}), { type: 'started', id: null, email: ['a@b.fr'] })).toEqual({
    kind: 'unusable',
    faults: [
      { field: 'reference ($.id)', message: 'is not there, or not once' },
      { field: 'email ($.email)', message: 'is not there, or not once' },
    ],
  });
  expect(readEvent(sourceOf({}), { type: 5 })).toMatchObject({ kind: 'unusable' });
  expect(readEvent(sourceOf({}), { type: 'changed' })).toEqual({ kind: 'none', type: 'changed' });
  const twice = sourceOf({ reference: '$..id' });
  expect(readEvent(twice, { type: 'left', id: 'a', of: { id: 'b' } })).toMatchObject({
    kind: 'unusable',
  });
});

test('nothing but what is configured vouches for an address', () => {
  const event = { type: 'started', id: 'a', email: 'a@b.fr', is: 'yes', not: 'unverified', at: 1 };
  const verified = (emailVerified: unknown): unknown => {
    const deed = readEvent(sourceOf({ emailVerified }), event);
    return deed.kind === 'start' && deed.request.emailVerified;
  };
  expect(verified(true)).toBe(true);
  expect(verified({ path: '$.is', equals: 'yes' })).toBe(true);
  expect(verified({ path: '$.not', equals: 'verified' })).toBe(false);
  expect(verified({ path: '$.none', equals: 'verified' })).toBe(false);
  for (const path of ['$.is', '$.at', '$.not', '$.none']) expect(verified(path)).toBe(false);
});

test('the names of objects themselves are no fields', () => {
  for (const path of ['$.__proto__', '$.constructor', "$['toString']", '$.type.length']) {
    const source = sourceOf({ reference: path });
    const event: unknown = JSON.parse('{"type":"left","x":{"__proto__":{"id":"a"}}}');
    expect(readEvent(source, event)).toMatchObject({ kind: 'unusable' });
  }
});

test('all that is wrong with the file is told at once, and no secret', async () => {
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
    'sources.1.name: there is another source one',
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
  for (const told of [faults, shapes, faultsOf(`{"secrets": ["${secret}" nonsense`)]) {
    expect(told).not.toContain(secret);
    expect(told).not.toContain('c2hvcnQ');
  }
  expect(faultsOf(`{"a": ["${secret}"\n nonsense`)).toMatch(/no JSON, at line 2 column \d+/);
  const stolen = SECRETS.CLERK_WEBHOOK_SECRETS;
  expect(faultsOf(await exampleFile(), { ...SECRETS, CRM_EVENT_SECRETS: stolen })).toContain(
    'is a secret of clerk too',
  );
});

test('bytes that are no text are refused, though they read as what was signed', () => {
  const secret = aSecret();
  const body = Buffer.from('{"was":"\ufffd"}');
  const at = body.indexOf(0xef);
  const broken = Buffer.concat([body.subarray(0, at), Buffer.of(0xff), body.subarray(at + 3)]);
  expect(broken.toString()).toBe(body.toString());
  const verify = createVerifier([parseSecret(secret) ?? Buffer.alloc(0)]);
  const headers = signedHeaders(body.toString(), secret);
  expect([verify(headers, body), verify(headers, broken)]).toEqual([true, false]);
});

test('whatever JSON comes, an event is read', async () => {
  const sources = await exampleSources();
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...sources), (event, source) => {
      const type = fc.sample(fc.constantFrom(...source.effects.keys()), 1)[0] ?? '';
      readEvent(source, event);
      readEvent(source, { type, data: event });
    }),
    { numRuns: 2_000 },
  );
});

test('nothing is too deep', () => {
  const depth = 30_000;
  const event: unknown = JSON.parse(`{"type":"left","x":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(readEvent(sourceOf({ reference: '$..id' }), event)).toMatchObject({ kind: 'unusable' });
});
