/** The simulator refuses what AR24 refuses. */
import { describe, expect, it } from '@jest/globals';
import { resultOf, signatureOf, type Departure } from './independent-client.ts';
import { NEW_USER, SIRET, useStage } from './stage.ts';

const on = useStage();

const slugOf = async (departure: Departure): Promise<unknown> =>
  (await on.client.post('user', NEW_USER, departure)).json['slug'];

describe('credentials', () => {
  it.each<[string, Departure, string]>([
    ['no token', { token: null }, 'token_missing'],
    ['an empty token', { token: '' }, 'token_missing'],
    ['a wrong token', { token: 'wrong' }, 'token_invalid'],
    ['a token with a blank after it', { token: 'demo-token ' }, 'token_invalid'],
    ['no date', { date: null }, 'empty_date'],
    ['no signature', { signature: null }, 'empty_signature'],
    ['an empty signature', { signature: '' }, 'empty_signature'],
    ['a wrong signature', { signature: 'AAAA' }, 'invalid_signature_simulated'],
    [
      'a signature with another key',
      { date: '2026-06-15 10:05:00', signature: signatureOf('2026-06-15 10:05:00', 'other') },
      'invalid_signature_simulated',
    ],
    [
      'a signature of another date',
      { signature: signatureOf('2026-06-15 10:05:00', 'demo-private-key') },
      'invalid_signature_simulated',
    ],
  ])('%s', async (_, departure, slug) => {
    expect(await slugOf(departure)).toBe(slug);
    expect(on.simulator.accounts()).toEqual([]);
  });

  it('the token is named before the date unless switched', async () => {
    const both = { token: 'wrong', date: 'wrong' };
    expect(await slugOf(both)).toBe('token_invalid');
    on.simulator.setSwitches({ checkOrder: 'date-first' });
    expect(await slugOf(both)).toBe('invalid_date');
  });

  it('a token in the query of a POST does not count', async () => {
    const reply = await on.client.post(`user?token=${on.simulator.token}`, NEW_USER, {
      token: null,
    });
    expect(reply.json['slug']).toBe('token_missing');
  });

  it('a JSON body has no parameters', async () => {
    const response = await fetch(`${on.simulator.apiUrl}user`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: on.simulator.token, ...NEW_USER }),
    });
    expect(await response.json()).toMatchObject({ slug: 'token_missing' });
  });
});

describe('the date', () => {
  // It is 10:00:00 in Paris.
  it.each([
    ['2026-06-15 10:00:00', undefined],
    ['2026-06-15 10:10:00', undefined],
    ['2026-06-15 10:10:01', 'date_in_future'],
    ['2026-06-15 09:59:55', undefined],
    ['2026-06-15 09:59:54', 'expired_date'],
    ['2026-06-15 08:00:00', 'expired_date'],
    ['2026-06-15T10:05:00', 'invalid_date'],
    ['15/06/2026 10:05:00', 'invalid_date'],
    ['2026-06-31 10:05:00', 'invalid_date'],
    ['2026-06-15 24:00:00', 'invalid_date'],
    ['2026-06-15 10:05', 'invalid_date'],
    [' 2026-06-15 10:05:00', 'invalid_date'],
    ['2026-06-15 10:05:00 ', 'invalid_date'],
    ['now', 'invalid_date'],
  ])('%s', async (date, slug) => {
    expect(await slugOf({ date })).toBe(slug);
  });

  it('of the current second is not in the past', async () => {
    on.clock.set(new Date('2026-06-15T08:00:00.999Z'));
    expect(await slugOf({ date: '2026-06-15 10:00:00' })).toBeUndefined();
  });

  it('may be in the past within the tolerance', async () => {
    on.simulator.setSwitches({ pastToleranceS: 30 });
    expect(await slugOf({ date: '2026-06-15 09:59:29' })).toBe('expired_date');
    expect(await slugOf({ date: '2026-06-15 09:59:30' })).toBeUndefined();
    on.simulator.setSwitches({ pastToleranceS: 0 });
    expect(await slugOf({ date: '2026-06-15 09:59:59' })).toBe('expired_date');
  });

  it('in the repeated hour in autumn has two meanings', async () => {
    for (const utc of ['2026-10-25T00:29:00Z', '2026-10-25T01:29:00Z']) {
      on.clock.set(new Date(utc));
      const reply = await on.client.get('user/list', {}, { date: '2026-10-25 02:30:00' });
      expect(reply.json['status']).toBe('SUCCESS');
    }
    on.clock.set(new Date('2026-10-25T02:00:00Z'));
    expect(await slugOf({ date: '2026-10-25 02:30:00' })).toBe('expired_date');
  });

  it.each([
    ['first', undefined, 'expired_date'],
    ['second', 'date_in_future', undefined],
  ] as const)('in that hour means the %s if switched', async (repeatedHour, ...slugs) => {
    on.simulator.setSwitches({ repeatedHour });
    const at = async (utc: string) => {
      on.clock.set(new Date(utc));
      return slugOf({ date: '2026-10-25 02:30:00' });
    };
    expect([await at('2026-10-25T00:29:00Z'), await at('2026-10-25T01:29:00Z')]).toEqual(slugs);
  });

  it('in the skipped hour in spring is invalid', async () => {
    on.clock.set(new Date('2026-03-29T00:59:00Z'));
    expect(await slugOf({ date: '2026-03-29 02:30:00' })).toBe('invalid_date');
    expect(await slugOf({ date: '2026-03-29 03:01:00' })).toBeUndefined();
  });

  it('may be used twice unless switched', async () => {
    const list = () => on.client.get('user/list');
    expect((await list()).json['status']).toBe('SUCCESS');
    on.simulator.setSwitches({ rejectDateReuse: true });
    expect((await list()).json['status']).toBe('SUCCESS');
    expect((await list()).json['slug']).toBe('date_already_used_simulated');
  });
});

describe('a new account', () => {
  const PRO = { ...NEW_USER, statut: 'professionnel', company_siret: SIRET };

  it.each<[string, Readonly<Record<string, string>>, string | undefined]>([
    ['without a first name', { ...NEW_USER, firstname: '' }, 'missing_firstname'],
    ['without a last name', { ...NEW_USER, lastname: ' ' }, 'missing_lastname'],
    ['without an address', { ...NEW_USER, email: '' }, 'missing_email'],
    ['without a street', { ...NEW_USER, address1: '' }, 'missing_address'],
    ['without a town', { ...NEW_USER, city: '' }, 'missing_city'],
    ['without a postcode', { ...NEW_USER, zipcode: '' }, 'missing_zipcode'],
    ['without a country', { ...NEW_USER, country: '' }, 'missing_country'],
    ['with a malformed address', { ...NEW_USER, email: 'zoe@' }, 'email_wrong_format'],
    [
      'with an address that ends in a blank',
      { ...NEW_USER, email: 'zoe@a.org ' },
      'email_wrong_format',
    ],
    ['with plus and accents in it', { ...NEW_USER, email: 'zoé+a@exämple.org' }, undefined],
    ['with a country by name', { ...NEW_USER, country: 'France' }, 'error_country'],
    ['with no real country', { ...NEW_USER, country: 'XX' }, 'error_country'],
    ['with another gender', { ...NEW_USER, gender: 'X' }, 'error_gender'],
    ['with a blank after the gender', { ...NEW_USER, gender: 'F ' }, 'error_gender'],
    ['without gender', { ...NEW_USER, gender: '' }, 'error_gender'],
    ['without statut', { ...NEW_USER, statut: '' }, 'user_not_created'],
    ['with an unknown statut', { ...NEW_USER, statut: 'professional' }, 'user_not_created'],
    ['with a French postcode of 4 digits', { ...NEW_USER, zipcode: '7501' }, 'user_not_created'],
    ['with a bad billing address', { ...NEW_USER, billing_email: 'x' }, 'user_not_created'],
    ['with a flag that is neither 0 nor 1', { ...NEW_USER, cgu: 'true' }, 'user_not_created'],
    ['with an unknown preference', { ...NEW_USER, notify_ar: 'yes' }, 'user_not_created'],
    ['with a name of 1001 letters', { ...NEW_USER, company: 'é'.repeat(1001) }, 'user_not_created'],
    ['as a French professional', PRO, undefined],
    [
      'as an administration',
      { ...PRO, statut: 'administration', company_siret: '' },
      'missing_company_siret',
    ],
    [
      'as a professional overseas',
      { ...PRO, country: 'RE', zipcode: '97400', company_siret: '' },
      'missing_company_siret',
    ],
    ['with a short SIRET', { ...PRO, company_siret: '732829320' }, 'error_company_siret'],
    [
      'as La Poste, whose SIRETs follow another rule',
      { ...PRO, company_siret: '35600000049837' },
      undefined,
    ],
    ['as an association without SIRET', { ...NEW_USER, statut: 'association' }, undefined],
    ['as a private person with any number', { ...NEW_USER, company_siret: '123456' }, undefined],
    [
      'as a Belgian professional',
      { ...PRO, country: 'BE', zipcode: '1000', company_siret: '' },
      'missing_company_tva',
    ],
    [
      'as a Belgian professional with a VAT number',
      { ...PRO, country: 'BE', zipcode: '1000', company_siret: '', company_tva: 'BE 0403.170.701' },
      'user_not_created',
    ],
    [
      'as a Belgian professional with a well-formed VAT number',
      { ...PRO, country: 'BE', zipcode: '1000', company_siret: '', company_tva: 'BE 0403170701' },
      undefined,
    ],
    [
      'as a Swiss professional',
      { ...PRO, country: 'CH', zipcode: '1204', company_siret: '' },
      undefined,
    ],
  ])('%s', async (_, fields, slug) => {
    const reply = await on.client.post('user', fields);
    expect(reply.json['slug']).toBe(slug);
    expect(on.simulator.accounts()).toHaveLength(slug === undefined ? 1 : 0);
  });
});

describe('reading', () => {
  it('needs an id or an address', async () => {
    expect((await on.client.get('user')).json['slug']).toBe('missing_user_id');
  });

  it('keeps accents, case and plus signs of an address', async () => {
    const email = 'Zoé.L+Test@Example.org';
    await on.client.post('user', { ...NEW_USER, email });
    const user = await on.client.get('user', { email: email.toLowerCase().normalize('NFD') });
    expect(resultOf(user)['email']).toBe(email);
  });
});

describe('requests for access', () => {
  it.each([
    ['', 'missing_email'],
    ['nonsense', 'email_wrong_format'],
    ['nobody@example.org', 'user_not_exist'],
  ])('for %p', async (email, slug) => {
    expect((await on.client.post('user/request_access', { email })).json['slug']).toBe(slug);
  });
});

describe('an unknown route', () => {
  it.each([
    ['GET', 'user/info'],
    ['GET', 'user/request_access'],
    ['POST', 'user/list'],
    ['GET', 'nothing'],
    ['DELETE', 'user'],
    ['HEAD', 'user'],
  ])('%s /%s is not found', async (method, path) => {
    const response = await fetch(on.simulator.apiUrl + path, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(on.simulator.ledger().calls).toEqual({});
  });
});
