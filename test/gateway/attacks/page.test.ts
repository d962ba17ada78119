/**
 * Attacks on the sender's page, with a link to it or without: only one's own onboarding can be
 * reached.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { base64url, EncryptJWT, SignJWT } from 'jose';
import { linkToPay } from '../../../gateway/page/journey/journey.ts';
import { reaches } from '../../client/onboardings.ts';
import { formFields, LINK_KEY, usePage, type Started } from '../page/page-system.ts';
import { startGatewayUnderTest } from '../gateway.ts';
import { sendRaw } from './raw.ts';

const EVIL = `"><script>alert(1)</script><img src=x onerror=alert(1)>' onfocus='alert(1)`;
const on = usePage({ partner: { name: EVIL, support: `help@example.org?body='onclick=x` } });
let mine: Started;
let theirs: Started;

beforeAll(async () => {
  mine = await on.begin('awaiting-registration', { language: 'en' });
  theirs = await on.begin('awaiting-registration', { language: 'en' });
});

const tokenIn = (link: string) => link.slice(link.indexOf('/s/') + 3);
const get = (url: string) => fetch(url, { redirect: 'manual' });
const post = (url: string, body: Readonly<Record<string, string>> = {}, headers = {}) =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(body), headers });

describe('an invented link', () => {
  const { kid, key } = LINK_KEY;
  const likeOurs = async () => {
    const { startedAt } = await on.view(theirs.reference);
    return new EncryptJWT({ startedAt, issuedAt: new Date().toISOString() })
      .setSubject(theirs.reference)
      .setExpirationTime('1 day');
  };
  const header = { alg: 'dir', enc: 'A256GCM', kid, typ: 'sender-link' } as const;
  const parts = (link: string) => tokenIn(link).split('.');

  test.each([
    [
      'no algorithm',
      () =>
        [
          base64url.encode(JSON.stringify({ ...header, alg: 'none' })),
          ...parts(theirs.link).slice(1),
        ].join('.'),
    ],
    [
      'another key',
      async () => (await likeOurs()).setProtectedHeader(header).encrypt(randomBytes(32)),
    ],
    [
      'a key of another id',
      async () =>
        (await likeOurs()).setProtectedHeader({ ...header, kid: '__proto__' }).encrypt(key),
    ],
    [
      'another cipher',
      async () => (await likeOurs()).setProtectedHeader({ ...header, alg: 'A256KW' }).encrypt(key),
    ],
    [
      'another purpose',
      async () => (await likeOurs()).setProtectedHeader({ ...header, typ: 'JWT' }).encrypt(key),
    ],
    [
      'a signature instead of encryption',
      () =>
        new SignJWT({ sub: theirs.reference }).setProtectedHeader({ alg: 'HS256', kid }).sign(key),
    ],
    [
      'the halves of two links',
      () => [...parts(mine.link).slice(0, 3), ...parts(theirs.link).slice(3)].join('.'),
    ],
    ['more text at its end', () => `${tokenIn(theirs.link)}=`],
  ])('with %s opens nothing and does nothing', async (_what, forge) => {
    const forged = `${on.gateway.url}/s/${await forge()}`;
    const { version } = await on.view(theirs.reference);
    const nothing = await get(`${on.gateway.url}/s/nothing`);
    const seen = await get(forged);
    expect([seen.status, await seen.text()]).toEqual([404, await nothing.text()]);
    expect((await get(`${forged}/state`)).status).toBe(404);
    for (const action of ['done', 'again', 'registration']) {
      expect((await post(`${forged}/${action}`, formFields())).status).toBe(404);
    }
    expect((await on.view(theirs.reference)).version).toBe(version);
  });
});

describe('the page', () => {
  test('escapes every field that people type and every setting', async () => {
    const typed = Object.fromEntries(Object.keys(formFields()).map((name) => [name, EVIL + '\n']));
    const answer = await post(
      `${mine.link}/registration?lang=${encodeURIComponent(EVIL)}&result=${encodeURIComponent(EVIL)}`,
      { ...typed, acknowledged: EVIL, [EVIL]: EVIL },
    );
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html.match(/&lt;script&gt;alert/g)?.length).toBeGreaterThan(8);
    expect(html).not.toMatch(/<script>|<img|' onfocus='|" onclick=/);
    const { status, steps, form, title } = (await (
      await get(`${mine.link}/state`)
    ).json()) as Record<string, string>;
    expect([status, steps, form].join('')).not.toMatch(/<script>|<img/);
    expect(title).toContain(EVIL);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*script-src 'self';/,
    );
  });

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example/',
    '//evil.example/',
    'https:',
    '',
    ' java\nscript:alert(1)',
  ])('has no payment button that leads to %j', (link) => {
    expect(linkToPay(link)).toBeNull();
  });

  test('reads only the fields of the form, and nothing about terms, addresses or passwords', async () => {
    const { link, email, reference } = await on.begin('awaiting-registration');
    const more = {
      email: 'evil@example.org',
      cgu: '1',
      confirmed: '1',
      custom_ref: 'x',
      password: 'x',
      webhook: 'https://evil.example',
      ['__proto__']: 'x',
      constructor: 'x',
    };
    const answer = await post(`${link}/registration`, { ...formFields(), ...more });
    expect(answer.status).toBe(303);
    await reaches(on.gateway.onboardings, reference, 'awaiting-email');
    const accounts = on.testEnv.simulator.accounts();
    expect(accounts.find((one) => one.email === email)).toMatchObject({
      custom_ref: reference,
      confirmed: false,
      cgu: false,
    });
    expect(accounts.some((one) => one.email.includes('evil'))).toBe(false);
  });

  test('never redirects elsewhere, whatever the link contains', async () => {
    for (const token of [
      '%2F%2Fevil.example',
      '%5C%5Cevil.example',
      'https:%2F%2Fevil.example',
      '%0d%0aLocation:%20https:%2F%2Fevil.example',
      '..%2F..%2F%2Fevil.example',
    ]) {
      const { head, status } = await sendRaw(
        on.gateway.url,
        `GET /s/${token}/done?lang=//evil.example HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n`,
      );
      const locations = head
        .split('\r\n')
        .filter((line) => line.toLowerCase().startsWith('location:'));
      expect(status).toBe(303);
      expect(locations).toEqual([expect.stringMatching(/^location: \/s\/[^/\\]+$/)]);
    }
  });
});

describe('a button', () => {
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another host of the same domain', { 'sec-fetch-site': 'same-site' }],
    ['another origin, in an older browser', { origin: 'https://evil.example' }],
    ['our origin by another scheme', { origin: 'https://127.0.0.1' }],
  ])('pressed on %s does nothing', async (_where, headers) => {
    const { version } = await on.view(mine.reference);
    for (const action of ['done', 'again', 'registration']) {
      const answer = await post(`${mine.link}/${action}`, formFields(), headers);
      expect([action, answer.status]).toEqual([action, 403]);
    }
    expect((await on.view(mine.reference)).version).toBe(version);
  });

  test('redirects to the page only, whatever else is sent', async () => {
    const query = '?lang=en&result=mailed-terms&next=https://evil.example&result=checked';
    const headers = { 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' };
    const answer = await post(`${mine.link}/again${query}`, { to: '//evil.example' }, headers);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/s/${tokenIn(mine.link)}?lang=en&result=not-now`);
  });

  test('accepts only a form of the page, and no large body', async () => {
    const headers = { 'content-type': 'application/json' };
    const json = await fetch(`${mine.link}/registration`, {
      ...{ method: 'POST', headers, body: '{"firstname":{"a":1}}' },
    });
    expect(json.status).toBe(422);
    const multipart = new FormData();
    multipart.set('firstname', 'Zoé');
    const other = await fetch(`${mine.link}/registration`, {
      method: 'POST',
      body: multipart,
    });
    expect(other.status).toBe(415);
    const large = await post(`${mine.link}/registration`, {
      firstname: 'x'.repeat(40_000),
    });
    expect(large.status).toBe(413);
    for (const { headers } of [json, other, large]) {
      expect(headers.get('content-type')).toContain('text/html');
    }
  });
});

describe('too many requests', () => {
  const presses = async (url: string, forwarded: (at: number) => string) => {
    const all = Array.from({ length: 62 }, (_, at) =>
      post(`${url}/s/nothing/done`, {}, { 'x-forwarded-for': forwarded(at) }),
    );
    return (await Promise.all(all)).filter(({ status }) => status === 429).length;
  };

  test("are counted by the caller's address, which cannot be forged", async () => {
    const bare = await startGatewayUnderTest(on.testEnv.temporal);
    expect(await presses(bare.url, (at) => `198.51.100.${at}`)).toBe(2);
    const trustedProxies = ['127.0.0.1'];
    const behind = await startGatewayUnderTest(on.testEnv.temporal, { trustedProxies });
    expect(await presses(behind.url, (at) => `198.51.100.${at}, 203.0.113.7`)).toBe(2);
    expect(await presses(behind.url, (at) => `203.0.113.7, 198.51.100.${at}`)).toBe(0);
  });
});

test('nothing of these attacks is logged: no link, no name, no address', () => {
  const logged = on.gateway.logged();
  expect(logged).not.toMatch(/alert|evil|example\.org|"level":"error"/);
  for (const { link, reference } of [mine, theirs]) {
    expect(logged).not.toContain(tokenIn(link));
    expect(logged).not.toContain(reference);
  }
});
