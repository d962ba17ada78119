/** The sender's page as a program calls it: the requests that it accepts and refuses. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { again } from '../../../gateway/page/actions.ts';
import { freePort } from '../../../devserver/port.ts';
import { REAL_TIMEOUT_MS, startGatewayUnderTest } from '../gateway.ts';
import { workflowIdOf } from '../../../workflows/contract/index.ts';
import { formFields, LINK_KEY, usePage, type Started } from './page-system.ts';
import { dataConverter } from '../../support/encryption.ts';

const on = usePage();
const DAY_MS = 86_400_000;

let waiting: Started;
let unregistered: Started;

beforeAll(async () => {
  const email = 'holder@example.org';
  on.testEnv.simulator.createAccount({ email });
  waiting = await on.begin('awaiting-attachment', { email, language: 'en' });
  unregistered = await on.begin('awaiting-registration', { language: 'en' });
});

const tokenIn = (link: string) => link.slice(link.indexOf('/s/') + 3);
const get = (url: string, headers = {}) => fetch(url, { redirect: 'manual', headers });
const FORM = formFields();
const post = (url: string, body: Readonly<Record<string, string>> = {}, headers = {}) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body), headers });
const handle = (of: string) => on.testEnv.temporal.workflow.getHandle(workflowIdOf(of));
const mails = () => on.testEnv.simulator.mailbox().length;

describe('the page', () => {
  it('keeps caches, referrers, frames and robots away, and loads nothing from other servers', async () => {
    const { status, headers } = await get(waiting.link);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    });
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('shows the address masked, and changes nothing on GET', async () => {
    const before = await on.view(waiting.reference);
    const mailsBefore = mails();
    const parts = [
      '',
      '/state',
      '/done',
      '/again',
      '/registration',
      '/refuse',
      '?result=mailed-terms',
    ];
    const answers = await Promise.all(parts.map((part) => get(waiting.link + part)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 303, 303, 303, 200, 200]);
    await fetch(waiting.link, { method: 'HEAD' });
    const html = await (await get(waiting.link)).text();
    expect(html).toContain('h…@example.org');
    // The reference is only in the link to the partner, and next to it.
    expect(html).not.toMatch(/holder@/);
    expect((await on.view(waiting.reference)).version).toBe(before.version);
    expect(mails()).toBe(mailsBefore);
  });

  it('sends a browser only what is new', async () => {
    const first = await get(`${waiting.link}/state`);
    const etag = first.headers.get('etag') ?? '';
    expect(await first.json()).toMatchObject({ ended: false, wantsForm: 'no' });
    const same = await get(`${waiting.link}/state`, { 'if-none-match': etag });
    expect([same.status, await same.text()]).toEqual([304, '']);
    const inFrench = await get(`${waiting.link}/state?lang=fr`, { 'if-none-match': etag });
    expect(inFrench.status).toBe(200);
  });

  it('allows its style and script to be cached, with revalidation', async () => {
    for (const name of ['style.css', 'live.js', 'icon.svg']) {
      const asset = await get(`${on.gateway.url}/s/assets/${name}`);
      expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      const etag = asset.headers.get('etag') ?? '';
      const again = await get(`${on.gateway.url}/s/assets/${name}`, { 'if-none-match': etag });
      expect(again.status).toBe(304);
    }
  });
});

describe('a link', () => {
  const at = (token: string) => get(`${on.gateway.url}/s/${token}`, { 'accept-language': 'en' });
  const linkFor = async (reference: string, startedAt: string, now?: Date) =>
    tokenIn((await on.linksOf(now).make({ reference, startedAt, linksValidFrom: null })).url);

  it.each([
    ['nonsense', 'nonsense'],
    ['a very long text', 'x'.repeat(1_500)],
    ['a path that leads elsewhere', '..%2F..%2Fopenapi.json'],
    ['a text with control characters', '%00%0d%0aset-cookie:a=b'],
  ])('that is none reveals nothing: %s', async (_what, token) => {
    const answer = await at(token);
    const text = await answer.text();
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([404, null]);
    expect(text).not.toContain(token);
  });

  it('that is altered, or of another sender, opens nothing', async () => {
    const token = tokenIn(waiting.link);
    const altered = token.slice(0, -5) + (token.at(-5) === 'A' ? 'B' : 'A') + token.slice(-4);
    expect((await at(altered)).status).toBe(404);
    const { startedAt } = await on.view(waiting.reference);
    // Authentic, but joined from one sender's reference and the other's start.
    expect((await at(await linkFor(unregistered.reference, startedAt))).status).toBe(410);
  });

  it('that has expired, or of an erased sender, says whom to ask', async () => {
    const { startedAt } = await on.view(waiting.reference);
    const old = await linkFor(waiting.reference, startedAt, new Date(Date.now() - 31 * DAY_MS));
    const forgotten = await linkFor('never-heard-of', startedAt);
    for (const token of [old, forgotten]) {
      const answer = await at(token);
      expect(answer.status).toBe(410);
      expect(await answer.text()).toMatch(
        /This link is no longer valid[^]*Ask Courrier &amp; Fils for a new link/,
      );
      expect((await post(`${on.gateway.url}/s/${token}/done`)).status).toBe(410);
      expect((await get(`${on.gateway.url}/s/${token}/state`)).status).toBe(410);
    }
  });

  it('is void once links are revoked, and a new one is valid', async () => {
    const { reference, link } = await on.begin('awaiting-registration');
    await on.gateway.call('DELETE', `/onboardings/${reference}/links`);
    expect((await get(link)).status).toBe(410);
    const { json } = await on.gateway.call('POST', `/onboardings/${reference}/links`, { body: {} });
    expect((await get(String(json['url']))).status).toBe(200);
  });

  it('is void once the onboarding is restarted', async () => {
    const { reference, link, email } = await on.begin('awaiting-registration', { language: 'en' });
    await on.gateway.onboardings.cancel(reference, { reason: 'a test' });
    const ended = await (await get(link)).text();
    expect(ended).toContain('Your sign-up was cancelled');
    expect(ended).not.toContain('a test');
    await on.gateway.onboardings.start({ reference, email }, { restart: true });
    expect((await get(link)).status).toBe(410);
  });
});

describe('a button', () => {
  it('has AR24 read, and says that AR24 does not show it yet', async () => {
    const answer = await post(`${waiting.link}/done`);
    expect(answer.headers.get('location')).toMatch(/\?result=not-yet$/);
    const { lastRead, startedAt } = await on.view(waiting.reference);
    expect(Date.parse(lastRead?.at ?? '')).toBeGreaterThan(Date.parse(startedAt));
  });

  it('for another mail is refused politely if there is none to send', async () => {
    const answer = await post(`${unregistered.link}/again`);
    expect(answer.headers.get('location')).toMatch(/\?result=not-now$/);
    const page = await get(new URL(answer.headers.get('location') ?? '', on.gateway.url).href);
    expect(await page.text()).toContain('No message can be sent again at the moment.');
  });

  it('refuses nothing without the question before it, and only for the holder of an account', async () => {
    const question = await get(`${waiting.link}/refuse`);
    expect(await question.text()).toContain('Refuse access to your AR24 account?');
    expect((await on.view(waiting.reference)).claims).toEqual([]);
    for (const answer of [
      await get(`${unregistered.link}/refuse`),
      await post(`${unregistered.link}/refuse`),
    ]) {
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).not.toContain('refused');
    }
    expect((await on.view(unregistered.reference)).claims).toEqual([]);
    const elsewhere = { origin: 'https://evil.example' };
    expect((await post(`${waiting.link}/refuse`, {}, elsewhere)).status).toBe(403);
  });

  it('for another mail says if AR24 has no route for it', async () => {
    const view = { ...(await on.view(waiting.reference)), waitingFor: ['email' as const] };
    const budget = { take: () => Promise.reject(new Error('no mail is counted')) };
    const sender = { reference: waiting.reference, view };
    expect(await again({ onboardings: on.gateway.onboardings, budget }, sender)).toBe('no-route');
  });

  it('for another mail counts in the daily limit of the address', async () => {
    const { reference } = waiting;
    const sender = { reference, view: await on.view(reference) };
    const soon = Date.now() + 11 * 60_000;
    const requested: string[] = [];
    const take = (emailHash: string) => {
      requested.push(emailHash);
      return Promise.resolve(undefined);
    };
    const { onboardings } = on.gateway;
    expect(await again({ onboardings, budget: { take } }, sender, soon)).toBe('enough-mails');
    expect(requested).toEqual([onboardings.emailHashOf('holder@example.org')]);
    expect(await again({ onboardings, budget: { take } }, sender)).toBe('too-early');
    expect(requested).toHaveLength(1);
  });

  it('accepts no form while none is needed', async () => {
    const answer = await post(`${waiting.link}/registration`, FORM);
    expect(answer.headers.get('location')).toMatch(/\?result=not-wanted$/);
  });

  it('and a visit are logged without the link, and without the typed text', () => {
    const logged = on.gateway.logged();
    expect(logged).toContain('/s/:token');
    for (const { link } of [waiting, unregistered]) expect(logged).not.toContain(tokenIn(link));
    expect(logged).not.toMatch(/@example\.org|Brûlé|Zoé|73282932000074/);
  });

  it('answers 429 if one address presses it too often', async () => {
    const other = await startGatewayUnderTest(on.testEnv.temporal, { linkKeys: [LINK_KEY] });
    const actions = ['done', 'again', 'refuse', 'registration'];
    const presses = Array.from({ length: 61 }, (_, n) =>
      post(`${other.url}/s/nonsense/${actions[n % actions.length] ?? ''}`),
    );
    const statuses = (await Promise.all(presses)).map(({ status }) => status).toSorted();
    expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 404));
    expect(statuses[60]).toBe(429);
  });
});

describe('when the onboarding cannot continue', () => {
  it('a failed run is reported without its reason', async () => {
    const { link, reference } = await on.begin('awaiting-registration', { language: 'en' });
    await handle(reference).terminate('internal words');
    const answer = await get(`${link}?lang=en`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).toContain('Something went wrong on our side');
    expect(text).not.toContain('internal words');
  });

  it('a link from before the failed onboarding is void all the same', async () => {
    const { link, reference, email } = await on.begin('awaiting-registration');
    const { onboardings } = on.gateway;
    await onboardings.cancel(reference, { reason: 'a test' });
    await onboardings.result(reference);
    await onboardings.start({ reference, email }, { restart: true });
    await handle(reference).terminate();
    expect((await get(link)).status).toBe(410);
  });

  it('without Temporal, the page asks to come back', async () => {
    const connection = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
    const temporal = new Client({ connection, dataConverter });
    const cutOff = await startGatewayUnderTest(temporal, {
      linkKeys: [LINK_KEY],
      temporalTimeoutMs: REAL_TIMEOUT_MS,
    });
    const seen = await get(`${cutOff.url}/s/${tokenIn(unregistered.link)}?lang=en`);
    expect([seen.status, seen.headers.get('retry-after')]).toEqual([503, '120']);
    expect(await seen.text()).toContain('please try again in a few minutes');
    expect(cutOff.logged()).toMatch(/"msg":"Temporal cannot be used"/);
    await cutOff.close();
    await connection.close();
  });

  it('without a worker, the page asks to come back, and gives a form back as it was filled in', async () => {
    await on.stopWorker();
    const { link } = unregistered;
    const asked = [await get(link), await get(`${link}/state`), await post(`${link}/done`)];
    for (const answer of asked) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '120']);
    }
    const sent = await post(`${link}/registration`, FORM);
    expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '120']);
    expect(await sent.text()).toContain('value="Brûlé-Martin"');
  });
});
