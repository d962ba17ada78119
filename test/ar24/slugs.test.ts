/** The meaning of each slug on each call, over HTTP: AR24 sends errors with status 200 and not encrypted. */
import { describe, expect, it } from '@jest/globals';
import { ENDPOINTS, type EndpointName } from '../../ar24/endpoints.ts';
import { NEW_USER_FIELDS } from '../../ar24/index.ts';
import { CALLS, failureOf } from './calls.ts';
import { ar24, refusal } from './server.ts';

const NAMES = [
  'createUser',
  'readUser',
  'listUsers',
  'requestAccess',
  'requestTerms',
  'requestPayment',
  'orderIdentity',
] as const;

async function answerTo(call: EndpointName, slug: unknown, options = {}): Promise<unknown> {
  const { client } = await ar24(() => refusal(slug), options);
  return failureOf(CALLS[call](client));
}

describe.each(NAMES)('%s', (call) => {
  it.each(['token_missing', 'token_invalid', 'empty_signature'])(
    'classifies %s as a credentials error',
    async (slug) => {
      expect(await answerTo(call, slug)).toMatchObject({
        ...ENDPOINTS[call],
        kind: 'credentials',
        slug,
      });
    },
  );
  it.each(['empty_date', 'invalid_date', 'expired_date', 'date_in_future'])(
    'classifies %s as a clock error',
    async (slug) => {
      expect(await answerTo(call, slug)).toMatchObject({ ...ENDPOINTS[call], kind: 'clock', slug });
    },
  );
  it.each([
    'unknown_error',
    'user_eula_not_accepted',
    'constructor',
    '__proto__',
    'brand_new_slug',
  ])('does not know %s, and does not treat it as a "no"', async (slug) => {
    expect(await answerTo(call, slug)).toMatchObject({
      ...ENDPOINTS[call],
      kind: 'unknown-slug',
      slug,
    });
  });
  it.each([
    ['a sentence', 'user jeanne@example.org does not exist'],
    ['a line break', 'user_not_exist\n'],
    ['too long', 'a'.repeat(65)],
  ])('does not print a slug that is %s', async (_, slug) => {
    expect(await answerTo(call, slug)).toMatchObject({ kind: 'unknown-slug', slug: 'unprintable' });
  });
  it.each([
    [undefined, 'missing-field'],
    [null, 'missing-field'],
    ['', 'wrong-type'],
    [42, 'wrong-type'],
    [['user_not_exist'], 'wrong-type'],
  ])('classifies an error with the slug %j as a contract error', async (slug, reason) => {
    expect(await answerTo(call, slug)).toMatchObject({ kind: 'contract', reason, field: 'slug' });
  });
});

describe('a refusal', () => {
  it.each(
    Object.entries(NEW_USER_FIELDS).flatMap(([field, slugs]) =>
      slugs.map((slug) => [slug, field] as const),
    ),
  )('%s of a new account names our field %s', async (slug, field) => {
    expect(await answerTo('createUser', slug)).toMatchObject({ kind: 'refused', slug, field });
  });
  it.each(['user_already_exist', 'user_not_created', 'user_unavailable'])(
    '%s of a new account names no field',
    async (slug) => {
      expect(await answerTo('createUser', slug)).toMatchObject({
        kind: 'refused',
        slug,
        field: undefined,
      });
    },
  );
  it.each(['readUser', 'requestTerms', 'requestPayment', 'orderIdentity'] as const)(
    'of %s has different slugs for no account and no access',
    async (call) => {
      expect(await answerTo(call, 'user_not_exist')).toMatchObject({
        kind: 'refused',
        slug: 'user_not_exist',
      });
      expect(await answerTo(call, 'user_unavailable')).toMatchObject({
        kind: 'refused',
        slug: 'user_unavailable',
      });
      expect(await answerTo(call, 'missing_user_id')).toMatchObject({
        kind: 'refused',
        field: 'id_user',
      });
    },
  );
  it.each(['email_wrong_format', 'missing_email'])(
    '%s of an access request names the address',
    async (slug) => {
      expect(await answerTo('requestAccess', slug)).toMatchObject({
        kind: 'refused',
        slug,
        field: 'email',
      });
    },
  );
});

describe('a slug known on one call only is unknown on another', () => {
  it.each([
    ['requestTerms', 'error_company_siret'],
    ['requestTerms', 'user_already_exist'],
    ['createUser', 'user_not_exist'],
    ['readUser', 'missing_email'],
    ['listUsers', 'user_not_exist'],
    ['requestAccess', 'user_unavailable'],
    ['requestAccess', 'missing_address'],
  ] as const)('%s: %s', async (call, slug) => {
    expect(await answerTo(call, slug)).toMatchObject({ kind: 'unknown-slug', slug });
  });
});

describe('an address without an account', () => {
  it('is answered with user_not_exist by default', async () => {
    expect(await answerTo('requestAccess', 'user_not_exist')).toMatchObject({
      kind: 'refused',
      slug: 'user_not_exist',
      field: undefined,
    });
  });
  it('is answered with the slugs of the option, if it is set, and no other', async () => {
    const options = { noAccountSlugs: ['no_such_account', 'unknown_email'] };
    expect(await answerTo('requestAccess', 'unknown_email', options)).toMatchObject({
      kind: 'refused',
      slug: 'unknown_email',
    });
    expect(await answerTo('requestAccess', 'user_not_exist', options)).toMatchObject({
      kind: 'unknown-slug',
    });
  });
  it('has an option that holds for access requests only', async () => {
    const options = { noAccountSlugs: ['no_such_account'] };
    expect(await answerTo('readUser', 'no_such_account', options)).toMatchObject({
      kind: 'unknown-slug',
    });
  });
});
