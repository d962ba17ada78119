/** Access, terms, payment and identity can be lost again or expire. */
import { describe, expect, it } from '@jest/globals';
import { startSimulator } from '../../simulator/index.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndependentClient, resultOf } from './independent-client.ts';
import { effects, NEW_USER, useStage } from './stage.ts';

const on = useStage();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HOLDER = 'holder@example.org';

const mails = (kind: string) => on.simulator.mailbox().filter((mail) => mail.kind === kind);
const read = async (id: string) => resultOf(await on.client.get('user', { id_user: id }));
const order = (id: string) => on.client.post('user/identity', { id_user: id });
const clicks = async (kind: string) => on.simulator.follow(mails(kind)[0]?.id ?? 'none');

/** These links work with the identifier of any mail. */
const takeAway = (loss: string) => on.simulator.follow(`/m/${mails('terms')[0]?.id ?? ''}/${loss}`);

describe('by the holder or by AR24', () => {
  it.each([
    ['renew-terms', { cgu: '0' }, 'terms-renewed'],
    ['lose-payment', { payment_active: '0', is_payment_possible: false }, 'payment-lost'],
    ['revoke-key', {}, 'identity-revoked'],
  ])('%s', async (loss, shown, effect) => {
    const { id } = resultOf(await on.client.post('user', NEW_USER)) as { id: string };
    on.simulator.updateAccount(id, { cgu: 1, payment_active: 1, is_identity_verified: 1 });
    on.simulator.setSwitches({ webhookUrl: 'http://127.0.0.1:9/' });
    await takeAway(loss);
    const user = await read(id);
    expect(user).toMatchObject(shown);
    expect('is_identity_verified' in user).toBe(loss !== 'revoke-key');
    expect(effects(on.simulator).at(-1)).toBe(effect);
    await takeAway(loss);
    expect(effects(on.simulator).filter((one) => one === effect)).toHaveLength(1);
  });
});

describe('the link that confirms an address', () => {
  const created = async () => {
    on.simulator.setSwitches({ confirmationLinkMinutes: 60 });
    return String(resultOf(await on.client.post('user', NEW_USER))['id']);
  };

  it('works until it expires, and then another is sent', async () => {
    const id = await created();
    on.clock.forward(60 * MINUTE);
    await clicks('email-confirmation');
    expect(await read(id)).toMatchObject({ confirmed: '0' });
    expect(mails('email-confirmation')).toHaveLength(2);
    on.clock.forward(60 * MINUTE - 1);
    await clicks('email-confirmation');
    expect(await read(id)).toMatchObject({ confirmed: '1' });
  });

  it('may do nothing after it has expired, and its page says so', async () => {
    const id = await created();
    on.simulator.setSwitches({ confirmationLinkOver: 'nothing' });
    on.clock.forward(60 * MINUTE);
    const page = await fetch(mails('email-confirmation')[0]?.links.confirm ?? '', {
      method: 'POST',
      headers: { 'accept-language': 'en' },
    });
    expect(await page.text()).toContain('This link has expired');
    expect(await read(id)).toMatchObject({ confirmed: '0' });
    expect(mails('email-confirmation')).toHaveLength(1);
  });

  it('may remove the account, which is then created again with another id', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
    const stateFile = join(folder, 'state.jsonl');
    const options = { port: 0, stateFile, switches: { confirmationLinkMinutes: 0 } } as const;
    const first = await startSimulator({
      ...options,
      switches: { ...options.switches, confirmationLinkOver: 'account-gone' },
    });
    first.createAccount({ email: HOLDER });
    const { apiUrl, token, privateKey } = first;
    const client = new IndependentClient({ apiUrl, token, privateKey, now: () => new Date() });
    const id = String(resultOf(await client.post('user', NEW_USER))['id']);
    const [mail] = first.mailbox().filter(({ kind }) => kind === 'email-confirmation');
    await first.follow(mail?.id ?? 'none');
    expect((await client.get('user', { id_user: id })).json['slug']).toBe('user_not_exist');
    expect(first.ledger().effects.at(-1)).toMatchObject({
      effect: 'account-removed',
      accountId: id,
    });
    await first.stop();

    const again = await startSimulator(options);
    expect(again.accounts()).toHaveLength(1);
    expect(Number(again.createAccount({ email: NEW_USER.email }).id)).toBe(Number(id) + 1);
    await again.stop();
    await rm(folder, { recursive: true });
  });
});

describe('an identity', () => {
  const attached = () =>
    on.simulator.createAccount({ email: HOLDER, attached: true, certificate: 1 }).id;
  const isVerified = async (id: string) => (await read(id))['is_identity_verified'] === true;

  it('expires, and only another letter verifies it again', async () => {
    on.simulator.setSwitches({ identityDays: 30 });
    const id = attached();
    await order(id);
    await clicks('identity-letter');
    on.clock.forward(30 * DAY - 1);
    expect(await isVerified(id)).toBe(true);
    on.clock.forward(1);
    expect(await isVerified(id)).toBe(false);
    await clicks('identity-letter');
    expect(await isVerified(id)).toBe(false);
    await order(id);
    await clicks('identity-letter');
    expect(await isVerified(id)).toBe(true);
  });

  it.each([
    ['letter', 2, 'SUCCESS', undefined],
    ['silent', 1, 'SUCCESS', undefined],
    ['error', 1, 'ERROR', 'wait_for_it'],
  ] as const)('on order, ordered again: %s', async (identityOnOrder, letters, status, slug) => {
    on.simulator.setSwitches({ identityOnOrder, identityOnOrderSlug: 'wait_for_it' });
    const id = attached();
    await order(id);
    const again = await order(id);
    expect([again.json['status'], again.json['slug']]).toEqual([status, slug]);
    expect(mails('identity-letter')).toHaveLength(letters);
    // After the key was entered, no letter is on its way.
    on.clock.forward(DAY);
    await clicks('identity-letter');
    on.clock.forward(DAY);
    expect((await order(id)).json['status']).toBe('SUCCESS');
    expect(mails('identity-letter')).toHaveLength(letters + 1);
  });

  it('by certificate shows if the switch is on', async () => {
    const id = attached();
    expect(await isVerified(id)).toBe(false);
    on.simulator.setSwitches({ certificateShown: true });
    expect(await isVerified(id)).toBe(true);
  });
});
