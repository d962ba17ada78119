/**
 * A client written from docs/ar24-api.md alone gets what that document says, section by section.
 */
import { describe, expect, it } from '@jest/globals';
import { decrypted, resultOf, signatureOf } from './independent-client.ts';
import { effects, NEW_USER, SIRET, useStage } from './stage.ts';

const on = useStage();

it("the client's own cryptography matches AR24's published vectors (section 9)", () => {
  const [key, date] = ['7X9gx9E3Qx4EiUdB63nc', '2021-05-26 14:00:00'];
  expect(signatureOf(date, key)).toBe('bDop0cbjKpkySlpvnNGvBMg7PuYFFgPPqTTS2RAHoY0=');
  expect(decrypted('WwBOU6s8DaMWmYdctBJwfuoujFgVygBUjhsbdf8eWqQ=', date, key)).toBe(
    '{status: "SUCCESS"}',
  );
});

describe('transport (section 1)', () => {
  it.each(['user', 'user/'])('serves /%s', async (path) => {
    const reply = await on.client.post(path, NEW_USER);
    expect(reply).toMatchObject({ http: 200, encrypted: true, json: { status: 'SUCCESS' } });
  });

  it.each(['urlencoded', 'multipart'] as const)('accepts %s forms in UTF-8', async (encoding) => {
    const company = 'Œuvres & Fils + Cie (50 %) = « été »';
    const reply = await on.client.post('user', { ...NEW_USER, company }, { encoding });
    expect(resultOf(reply)).toMatchObject({ firstname: 'Zoé', company });
  });

  it('encrypts the whole body of a success in base64, status first and result last', async () => {
    const { raw } = await on.client.post('user', NEW_USER);
    expect(raw).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
  });

  it('answers errors in clear with HTTP 200, slug and message', async () => {
    const reply = await on.client.get('user', { email: 'nobody@example.org' });
    expect(reply).toMatchObject({ http: 200, encrypted: false });
    expect(reply.json).toEqual({
      status: 'ERROR',
      slug: 'user_not_exist',
      message: expect.any(String),
    });
  });

  it('treats an empty parameter as absent', async () => {
    const reply = await on.client.post('user', { ...NEW_USER, city: '' });
    expect(reply.json['slug']).toBe('missing_city');
  });

  it('ignores unknown parameters', async () => {
    const reply = await on.client.post('user', { ...NEW_USER, unheard_of: '1' });
    expect(reply.json['status']).toBe('SUCCESS');
  });

  it.each([
    ['en', 'This user does not exist'],
    ['fr-FR,fr;q=0.9,en;q=0.5', "Cet utilisateur n'existe pas"],
    ['nl', 'Deze gebruiker bestaat niet'],
    ['de', 'This user does not exist'],
  ])('has its message in the language of Accept-Language %s', async (language, message) => {
    const headers = { 'accept-language': language };
    const reply = await on.client.get('user', { email: 'nobody@example.org' }, { headers });
    expect(reply.json['message']).toBe(message);
  });

  it('accepts copies of token and date in the query of a POST, and odd content types on a GET', async () => {
    const twice = await on.client.post('user?token=other&date=other', NEW_USER);
    expect(twice.json['status']).toBe('SUCCESS');
    const headers = { 'content-type': 'application/json', date: '2026-06-15 10:01:00' };
    const read = await on.client.get('user', { email: NEW_USER.email }, { headers });
    expect(read.json['status']).toBe('SUCCESS');
  });
});

describe('a sender without an account (sections 3, 4 and 6)', () => {
  it('is created, confirms the address, accepts the terms, and shows as such', async () => {
    const { client, simulator } = on;
    const requested = await client.post('user/request_access', { email: NEW_USER.email });
    expect(requested.json['status']).toBe('ERROR');
    expect((await client.get('user', { email: NEW_USER.email })).json['slug']).toBe(
      'user_not_exist',
    );

    const created = resultOf(await client.post('user', { ...NEW_USER, custom_ref: 'c-42' }));
    const id = String(created['id']);
    expect(created).toMatchObject({ custom_ref: 'c-42', confirmed: '0', cgu: '0' });
    expect(effects(simulator)).toEqual([
      'account-created',
      'mail-sent email-confirmation',
      'mail-sent terms',
    ]);

    for (const mail of simulator.mailbox()) await simulator.follow(mail.id);
    const ready = resultOf(await client.get('user', { id_user: id }));
    expect(ready).toMatchObject({ confirmed: '1', cgu: '1', name: 'Zoé Lefèvre' });
    expect(ready).not.toHaveProperty('is_identity_verified');
  });

  it('has every field of section 4.2', async () => {
    const user = resultOf(await on.client.post('user', NEW_USER));
    expect(Object.keys(user)).toEqual(
      expect.arrayContaining(
        (
          'id name firstname lastname email gender statut company company_siret company_tva ' +
          'company_activity country address1 address2 zipcode city c_phone c_mobile confirmed cgu ' +
          'notif_cgu notif_profil_uncomplete notif_billing billing_email billing_tva ' +
          'payment_active is_payment_possible notify_dp notify_ev notify_ar notify_rf notify_ng ' +
          'notify_bc notify_consent notify_eidas_to_valid notify_recipient_update ' +
          'notify_waiting_ar_answer is_legal_entity custom_ref creation'
        ).split(' '),
      ),
    );
    expect(user['creation']).toBe('2026-06-15 10:00:00');
  });

  it('gets another mail with the terms on request_cgu', async () => {
    const { id } = resultOf(await on.client.post('user', NEW_USER));
    await on.client.post('user/request_cgu', { id_user: String(id) });
    expect(effects(on.simulator).filter((effect) => effect === 'mail-sent terms')).toHaveLength(2);
  });

  it('is refused when the address has an account, whatever the case of the letters', async () => {
    await on.client.post('user', NEW_USER);
    const again = await on.client.post('user', { ...NEW_USER, email: 'ZOE@Example.org' });
    expect(again.json['slug']).toBe('user_already_exist');
    expect(on.simulator.accounts()).toHaveLength(1);
  });

  it('needs a SIRET as a French professional', async () => {
    const professional = { ...NEW_USER, statut: 'professionnel', company: 'Lilas SARL' };
    const slugOf = async (more: Readonly<Record<string, string>>) =>
      (await on.client.post('user', { ...professional, ...more })).json['slug'];
    expect(await slugOf({})).toBe('missing_company_siret');
    expect(await slugOf({ company_siret: '73282932000075' })).toBe('error_company_siret');
    expect(await slugOf({ company_siret: SIRET })).toBeUndefined();
  });
});

describe('the holder of an account (section 5)', () => {
  it('is unavailable until access is granted by the link in the mail', async () => {
    const { client, simulator } = on;
    simulator.createAccount({ email: 'holder@example.org' });
    const read = () => client.get('user', { email: 'holder@example.org' });
    expect((await read()).json['slug']).toBe('user_unavailable');

    const requested = await client.post('user/request_access', { email: 'holder@example.org' });
    expect(requested).toMatchObject({ encrypted: true, json: { status: 'SUCCESS' } });
    expect((await read()).json['slug']).toBe('user_unavailable');

    const [mail] = simulator.mailbox();
    expect(mail).toMatchObject({ kind: 'access-request', to: 'holder@example.org' });
    await simulator.follow(mail?.links.accept ?? '');
    expect(resultOf(await read())).toMatchObject({ email: 'holder@example.org' });
  });

  it('stays unavailable after a refusal', async () => {
    const { client, simulator } = on;
    simulator.createAccount({ email: 'holder@example.org' });
    await client.post('user/request_access', { email: 'holder@example.org' });
    await simulator.follow(simulator.mailbox()[0]?.links.refuse ?? '');
    const read = await client.get('user', { email: 'holder@example.org' });
    expect(read.json['slug']).toBe('user_unavailable');
  });
});

describe('payment and identity (section 7)', () => {
  it('mails a link to pay, or returns it', async () => {
    const { client, simulator } = on;
    const id_user = String(resultOf(await client.post('user', NEW_USER))['id']);
    await client.post('user/payment_request', { id_user });
    expect(simulator.mailbox()[0]?.kind).toBe('payment');

    const reply = await client.post('user/payment_request', { id_user, get_link: '1' });
    const link = String(resultOf(reply)['link']);
    expect(simulator.mailbox().filter(({ kind }) => kind === 'payment')).toHaveLength(1);
    await simulator.follow(link);
    expect(resultOf(await client.get('user', { id_user }))).toMatchObject({
      payment_active: '1',
      is_payment_possible: true,
    });
  });

  it('sends a paper letter each time the identity is ordered; the key verifies it', async () => {
    const { client, simulator } = on;
    const id_user = String(resultOf(await client.post('user', NEW_USER))['id']);
    await client.post('user/identity', { id_user });
    await client.post('user/identity', { id_user });
    expect(effects(simulator).filter((effect) => effect.startsWith('letter-sent'))).toHaveLength(2);
    await simulator.follow(simulator.mailbox()[0]?.id ?? '');
    expect(resultOf(await client.get('user', { id_user }))).toHaveProperty('is_identity_verified');
  });
});

describe('calls for one account', () => {
  const PATHS = ['request_cgu', 'payment_request', 'identity'];

  it.each(PATHS)('%s refuses no, unknown and unattached accounts', async (path) => {
    const { id } = on.simulator.createAccount({ email: 'holder@example.org' });
    const slugOf = async (parameters: Readonly<Record<string, string>>) =>
      (await on.client.post(`user/${path}`, parameters)).json['slug'];
    expect(await slugOf({})).toBe('missing_user_id');
    expect(await slugOf({ id_user: 'abc' })).toBe('missing_user_id');
    expect(await slugOf({ id_user: '9999' })).toBe('user_not_exist');
    expect(await slugOf({ id_user: id })).toBe('user_unavailable');
    expect(effects(on.simulator)).toEqual(['account-opened']);
  });
});

describe('GET /user/list (section 4.1)', () => {
  it('pages through the attached accounts by id, up or down', async () => {
    for (const n of [1, 2, 3]) {
      on.simulator.createAccount({ email: `a${n}@example.org`, attached: true });
    }
    on.simulator.createAccount({ email: 'foreign@example.org' });
    const emails = async (query: Readonly<Record<string, string>>) => {
      const { users } = resultOf(await on.client.get('user/list', query));
      return (users as { email: string }[]).map(({ email }) => email.slice(0, 2));
    };
    expect(await emails({})).toEqual(['a1', 'a2', 'a3']);
    expect(await emails({ max: '2' })).toEqual(['a1', 'a2']);
    expect(await emails({ max: '2', start: '2' })).toEqual(['a3']);
    expect(await emails({ start: '3' })).toEqual([]);
    expect(await emails({ sort: 'DESC' })).toEqual(['a3', 'a2', 'a1']);
  });

  it('returns ten at most by default', async () => {
    for (let n = 0; n < 12; n += 1) {
      on.simulator.createAccount({ email: `a${n}@example.org`, attached: true });
    }
    expect(resultOf(await on.client.get('user/list'))['users']).toHaveLength(10);
  });
});
