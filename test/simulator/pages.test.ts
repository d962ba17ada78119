/** The pages over HTTP: their effects and their escaping. */
import { describe, expect, it } from '@jest/globals';
import { NEW_USER, useStage } from './stage.ts';

const on = useStage();

async function page(path: string, init: RequestInit = {}) {
  const response = await fetch(new URL(path, on.simulator.url), init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The path of a link in the newest mail, after a request for access. */
async function askedHolder(email = 'holder@example.org'): Promise<string> {
  on.simulator.createAccount({ email });
  await on.client.post('user/request_access', { email });
  return new URL(on.simulator.mailbox()[0]?.links.accept ?? '').pathname;
}

const access = () => on.simulator.accounts()[0]?.access;

describe('a link', () => {
  it('changes nothing on GET: mail scanners follow links too', async () => {
    const path = await askedHolder();
    const { status, text } = await page(path, { headers: { 'accept-language': 'en' } });
    expect(status).toBe(200);
    expect(text).toContain('Give the partner access to your account?');
    expect(access()).toBe('asked');
  });

  it('takes effect once; a second POST changes nothing', async () => {
    const path = await askedHolder();
    const post = { method: 'POST', headers: { accept: 'application/json' } };
    expect((await page(path, post)).text).toBe('{"outcome":"done"}');
    expect((await page(path, post)).text).toBe('{"outcome":"already-done"}');
    const grants = on.simulator.ledger().effects.filter((e) => e.effect === 'access-granted');
    expect(grants).toHaveLength(1);
    expect((await page(path)).text).toContain('Nothing left to do');
  });

  it('works in an older mail as in a newer one', async () => {
    const older = await askedHolder();
    await on.client.post('user/request_access', { email: 'holder@example.org' });
    expect(on.simulator.mailbox()).toHaveLength(2);
    await on.simulator.follow(older);
    expect(access()).toBe('granted');
  });

  it('to accept works after a refusal, but not after a withdrawal', async () => {
    const accept = await askedHolder();
    const link = (action: string) => accept.replace(/accept$/, action);
    await on.simulator.follow(link('refuse'));
    expect(access()).toBe('refused');
    await on.simulator.follow(accept);
    expect(access()).toBe('granted');
    await on.simulator.follow(link('refuse'));
    expect(access()).toBe('granted');
    await on.simulator.follow(link('withdraw'));
    expect(access()).toBe('withdrawn');
    await on.simulator.follow(accept);
    expect(access()).toBe('withdrawn');
    await on.client.post('user/request_access', { email: 'holder@example.org' });
    await on.simulator.follow(on.simulator.mailbox()[0]?.id ?? '');
    expect(access()).toBe('granted');
  });

  it.each(['/m/unknown/accept', '/m/unknown/sing'])('%s is not found', async (path) => {
    expect((await page(path)).status).toBe(404);
    expect((await page(path, { method: 'POST' })).status).toBe(404);
    await expect(on.simulator.follow(path)).rejects.toThrow(path);
  });

  it('of another kind of mail is not found', async () => {
    const path = (await askedHolder()).replace(/accept$/, 'pay');
    expect((await page(path, { method: 'POST' })).status).toBe(404);
  });
});

describe('the mailbox', () => {
  it('as JSON has the newest mail first, in the language of the call', async () => {
    await askedHolder();
    const headers = { 'accept-language': 'en' };
    await on.client.post('user/request_access', { email: 'holder@example.org' }, { headers });
    const mails = JSON.parse((await page('/mailbox.json')).text) as unknown;
    expect(mails).toEqual(on.simulator.mailbox());
    expect(mails).toMatchObject([{ language: 'en' }, { language: 'fr' }]);
    expect(mails).toMatchObject([
      {
        id: expect.any(String),
        to: 'holder@example.org',
        kind: 'access-request',
        date: '2026-06-15T08:00:00.000Z',
        links: { accept: expect.stringContaining('/m/'), refuse: expect.stringContaining('/m/') },
      },
      {},
    ]);
  });

  it('shows one address with ?to=', async () => {
    await askedHolder('a@example.org');
    await askedHolder('b@example.org');
    const json = JSON.parse((await page('/mailbox.json?to=a@example.org')).text) as unknown;
    expect(json).toMatchObject([{ to: 'a@example.org' }]);
    expect(json).toHaveLength(1);
    const { text } = await page('/?to=a@example.org&lang=en');
    expect(text).toContain('1 message<');
    expect(text).not.toContain('<strong>b@example.org');
  });

  it.each(['/', '/accounts'])('%s escapes all texts of holders', async (path) => {
    await on.client.post('user', {
      ...NEW_USER,
      email: "o'hara@example.org",
      firstname: '<script>alert(1)</script>',
    });
    const { text, headers } = await page(path);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('o&#39;hara@example.org');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe/);
  });

  it('escapes its own URL and references', async () => {
    const breakout = '"><img src=x onerror=alert(1)>';
    await on.client.post('user', { ...NEW_USER, custom_ref: breakout, company: breakout });
    on.simulator.updateAccount(NEW_USER.email, { is_legal_entity: 1 });
    on.simulator.setFaults({ throttle: { retryAfter: '</pre><img src=x>', count: 0 } });
    const query = encodeURIComponent(breakout);
    for (const path of [
      `/?to=${query}`,
      `/accounts?to=${query}`,
      `/?lang=${query}&page=${query}`,
    ]) {
      const { status, text } = await page(path);
      expect(status).toBe(200);
      expect(text).not.toContain('<img src=x');
    }
  });

  it('has no inline script, style or handler', async () => {
    await askedHolder();
    for (const path of ['/', '/accounts']) {
      expect((await page(path)).text).not.toMatch(/<style|<script>|\sstyle=|\son[a-z]+=/);
    }
  });

  it('has links with the public URL', async () => {
    const { startSimulator } = await import('../../simulator/index.ts');
    const simulator = await startSimulator({ port: 0, publicUrl: 'https://mail.example.org/' });
    simulator.setSwitches({ requireSignature: false });
    simulator.createAccount({ email: 'holder@example.org' });
    const body = new URLSearchParams({ token: simulator.token, email: 'holder@example.org' });
    await fetch(`${simulator.apiUrl}user/request_access`, { method: 'POST', body });
    const link = simulator.mailbox()[0]?.links.accept ?? '';
    expect(link).toMatch(/^https:\/\/mail\.example\.org\/m\//);
    await simulator.follow(link);
    expect(simulator.accounts()[0]?.access).toBe('granted');
    await simulator.stop();
  });
});
