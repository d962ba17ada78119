/** Each switch of docs/ar24-api.md 11, and for each open question of 10, has its effect. */
import { describe, expect, it } from '@jest/globals';
import { resultOf } from './independent-client.ts';
import { effects, NEW_USER, SIRET, useStage } from './stage.ts';

const on = useStage();

const HOLDER = 'holder@example.org';
const askForAccess = () => on.client.post('user/request_access', { email: HOLDER });

describe('legacy tokens', () => {
  it('get successes in clear', async () => {
    on.simulator.setSwitches({ encryptSuccesses: false });
    const reply = await on.client.post('user', NEW_USER);
    expect(reply.encrypted).toBe(false);
    expect(reply.raw).toMatch(/^\{"status":"SUCCESS","result":\{/);
  });

  it('need neither date nor signature', async () => {
    on.simulator.setSwitches({ requireSignature: false });
    const bare = await on.client.post('user', NEW_USER, { date: null, signature: null });
    expect(bare).toMatchObject({ encrypted: false, json: { status: 'SUCCESS' } });
    const unsigned = await on.client.get('user/list', {}, { signature: null });
    expect(unsigned).toMatchObject({ encrypted: true, json: { status: 'SUCCESS' } });
    const forged = await on.client.get('user/list', {}, { signature: 'AAAA' });
    expect(forged.json['slug']).toBe('invalid_signature_simulated');
  });
});

describe('creation', () => {
  it.each([
    ['honoured', '1', []],
    ['ignored', '0', ['mail-sent email-confirmation', 'mail-sent terms']],
  ] as const)('confirmed and cgu are %s', async (handling, flag, mails) => {
    on.simulator.setSwitches({ confirmedParameter: handling, cguParameter: handling });
    const user = resultOf(await on.client.post('user', { ...NEW_USER, confirmed: '1', cgu: '1' }));
    expect(user).toMatchObject({ confirmed: flag, cgu: flag });
    expect(effects(on.simulator)).toEqual(['account-created', ...mails]);
  });

  it.each([
    ['confirmed', { confirmedParameter: 'refused' }],
    ['cgu', { cguParameter: 'refused' }],
  ] as const)('%s is refused', async (name, switches) => {
    on.simulator.setSwitches({ ...switches, refusedParameterSlug: 'not_for_you' });
    const reply = await on.client.post('user', { ...NEW_USER, [name]: '1' });
    expect(reply.json['slug']).toBe('not_for_you');
    expect((await on.client.post('user', NEW_USER)).json['status']).toBe('SUCCESS');
  });

  it('a duplicate has the slug chosen', async () => {
    on.simulator.setSwitches({ duplicateSlug: 'user_not_created' });
    await on.client.post('user', NEW_USER);
    expect((await on.client.post('user', NEW_USER)).json['slug']).toBe('user_not_created');
  });

  it('addresses may differ by case alone', async () => {
    on.simulator.setSwitches({ emailCase: 'sensitive' });
    await on.client.post('user', NEW_USER);
    const other = await on.client.post('user', { ...NEW_USER, email: 'ZOE@example.org' });
    expect(other.json['status']).toBe('SUCCESS');
    const read = await on.client.get('user', { email: 'Zoe@example.org' });
    expect(read.json['slug']).toBe('user_not_exist');
  });

  it('the terms may not be mailed, and the gender may be missing', async () => {
    on.simulator.setSwitches({ termsMailOnCreation: false, genderRequired: false });
    await on.client.post('user', { ...NEW_USER, gender: '' });
    expect(effects(on.simulator)).toEqual(['account-created', 'mail-sent email-confirmation']);
  });

  it('France may count as Europe, and a SIRET may be unknown', async () => {
    const professional = { ...NEW_USER, statut: 'professionnel', company_siret: SIRET };
    on.simulator.setSwitches({ vatRequiredInFrance: true });
    expect((await on.client.post('user', professional)).json['slug']).toBe('missing_company_tva');
    on.simulator.setSwitches({ unknownSirets: [SIRET] });
    expect((await on.client.post('user', professional)).json['slug']).toBe('error_company_siret');
  });
});

describe('access', () => {
  it('for an address without an account has the chosen slug', async () => {
    on.simulator.setSwitches({ accessNoAccountSlug: 'account_unheard_of' });
    expect((await askForAccess()).json['slug']).toBe('account_unheard_of');
  });

  it('that is granted already succeeds without a mail, or is refused', async () => {
    on.simulator.createAccount({ email: HOLDER, attached: true });
    expect((await askForAccess()).json['status']).toBe('SUCCESS');
    expect(on.simulator.mailbox()).toEqual([]);
    on.simulator.setSwitches({ alreadyAttachedAnswer: 'error', alreadyAttachedSlug: 'had_it' });
    expect((await askForAccess()).json['slug']).toBe('had_it');
  });

  it('that is requested again is mailed again, or not', async () => {
    on.simulator.createAccount({ email: HOLDER });
    await askForAccess();
    await askForAccess();
    expect(on.simulator.mailbox()).toHaveLength(2);
    on.simulator.setSwitches({ pendingAccessAgain: 'silent' });
    expect((await askForAccess()).json['status']).toBe('SUCCESS');
    expect(on.simulator.mailbox()).toHaveLength(2);
  });

  it('that was refused can be requested again, or not', async () => {
    on.simulator.createAccount({ email: HOLDER });
    await askForAccess();
    await on.simulator.follow(on.simulator.mailbox()[0]?.links.refuse ?? '');
    on.simulator.setSwitches({ refusedAccessAgain: 'error', refusedAccessSlug: 'no_means_no' });
    expect((await askForAccess()).json['slug']).toBe('no_means_no');
    on.simulator.setSwitches({ refusedAccessAgain: 'mail' });
    expect((await askForAccess()).json['status']).toBe('SUCCESS');
    await on.simulator.follow(on.simulator.mailbox()[0]?.links.accept ?? '');
    expect(on.simulator.accounts()[0]?.access).toBe('granted');
  });
});

describe('terms and payment', () => {
  it('accepted terms are not mailed again; the request may be an error', async () => {
    const { id } = on.simulator.createAccount({ email: HOLDER, attached: true });
    const ask = () => on.client.post('user/request_cgu', { id_user: id });
    expect((await ask()).json['status']).toBe('SUCCESS');
    on.simulator.setSwitches({ termsAcceptedAnswer: 'error', termsAcceptedSlug: 'did_so' });
    expect((await ask()).json['slug']).toBe('did_so');
    expect(on.simulator.mailbox()).toEqual([]);
  });

  it('the field of the link has the name chosen', async () => {
    on.simulator.setSwitches({ paymentLinkField: 'payment_url' });
    const { id } = on.simulator.createAccount({ email: HOLDER, attached: true });
    const reply = await on.client.post('user/payment_request', { id_user: id, get_link: '1' });
    expect(resultOf(reply)).toEqual({ payment_url: expect.stringMatching(/^http.*\/pay$/) });
  });

  it('a letter to an account without a postal address is refused with the chosen slug', async () => {
    on.simulator.setSwitches({ identityNoAddressSlug: 'where_to' });
    const { id } = on.simulator.createAccount({ email: HOLDER, attached: true, city: '' });
    expect((await on.client.post('user/identity', { id_user: id })).json['slug']).toBe('where_to');
    expect(on.simulator.mailbox()).toEqual([]);
  });

  it.each([
    ['object', { status: 'SUCCESS', result: {} }],
    ['array', { status: 'SUCCESS', result: [] }],
    ['absent', { status: 'SUCCESS' }],
  ] as const)('nothing to return is written as %s', async (emptyResult, body) => {
    on.simulator.setSwitches({ emptyResult });
    on.simulator.createAccount({ email: HOLDER });
    expect((await askForAccess()).json).toEqual(body);
  });
});

describe('the user object', () => {
  it.each([
    ['strings', { id: '1001', confirmed: '0', notif_cgu: '1', payment_active: '0' }],
    ['numbers', { id: 1001, confirmed: 0, notif_cgu: 1, payment_active: 0 }],
    ['mixed', { id: 1001, confirmed: 0, notif_cgu: '1', payment_active: '0' }],
  ] as const)('has %s for identifiers and flags', async (numbersAs, fields) => {
    on.simulator.setSwitches({ numbersAs });
    expect(resultOf(await on.client.post('user', NEW_USER))).toMatchObject(fields);
  });

  it('may show the identity as false, hide fields, and have new ones', async () => {
    on.simulator.setSwitches({
      identityField: 'false',
      hideFields: ['cgu', 'creation'],
      customRefShown: false,
      extraFields: true,
    });
    const user = resultOf(await on.client.post('user', { ...NEW_USER, custom_ref: 'c' }));
    expect(user).toMatchObject({ is_identity_verified: false, team: { id: 7 } });
    for (const name of ['cgu', 'creation', 'custom_ref']) expect(user).not.toHaveProperty(name);
  });
});

describe('a switch', () => {
  it('that does not exist, or has no such position, is an error that names it', () => {
    const set = (switches: object) => () => {
      on.simulator.setSwitches(switches);
    };
    expect(set({ colour: 'blue' })).toThrow(/colour/);
    expect(set({ emailCase: 'upper' })).toThrow(/emailCase/);
  });
});
