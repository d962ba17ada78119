import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64url, EncryptJWT, generateKeyPair, SignJWT } from 'jose';
import { createLinks, type LinkKey } from '../../gateway/links/links.ts';
import { draws } from '../support/draws.ts';

const key = (kid: string): LinkKey => ({ kid, key: new Uint8Array(randomBytes(32)) });
const OLD = key('old');
const NEW = key('new');
const CLAIMS = {
  reference: 'customer-42',
  startedAt: '2026-03-01T08:00:00.123Z',
  linksValidFrom: null,
};
const NOW = new Date('2026-03-02T09:30:00.456Z');
const DAY_MS = 86_400_000;

function links(keys: readonly [LinkKey, ...LinkKey[]], now = NOW) {
  const settings = { keys, publicUrl: 'https://onboarding.example.org/', days: 30 };
  return createLinks({ ...settings, now: () => now });
}

async function tokenOf(by: ReturnType<typeof links>, claims = CLAIMS): Promise<string> {
  const { url } = await by.make(claims);
  return url.slice(url.lastIndexOf('/') + 1);
}

/** A token by an attacker that has the key's id, but not the key. */
function madeUp(
  header: object,
  parts = ['', 'AAAAAAAAAAAAAAAA', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAAA'],
) {
  return [base64url.encode(JSON.stringify(header)), ...parts].join('.');
}

const likeOurs = () => {
  const { startedAt } = CLAIMS;
  return new EncryptJWT({ startedAt, linksValidFrom: null, issuedAt: NOW.toISOString() })
    .setSubject(CLAIMS.reference)
    .setExpirationTime(new Date(NOW.getTime() + DAY_MS));
};

describe('a link', () => {
  it('opens to its content, and shows none of it', async () => {
    const { url, expiresAt } = await links([NEW]).make(CLAIMS);
    expect(url).toMatch(/^https:\/\/onboarding\.example\.org\/s\/[\w.-]+$/);
    expect(Buffer.from(url.split('.').join(''), 'base64url').toString()).not.toContain('customer');
    expect(expiresAt).toBe('2026-04-01T09:30:00.000Z');
    const opened = await links([NEW]).open(url.slice(url.lastIndexOf('/') + 1));
    expect(opened).toEqual({ ...CLAIMS, issuedAt: NOW.toISOString(), expiresAt });
  });

  it('is short enough for any mail program, with the longest reference', async () => {
    const { url } = await links([NEW]).make({ ...CLAIMS, reference: 'r'.repeat(128) });
    expect(url.length).toBeLessThan(700);
    expect(await links([NEW]).open(url.slice(url.lastIndexOf('/') + 1))).toMatchObject({
      reference: 'r'.repeat(128),
    });
  });

  it('differs each time, for the same and for another reference', async () => {
    const all = [await tokenOf(links([NEW])), await tokenOf(links([NEW]))];
    expect(new Set(all).size).toBe(2);
  });

  it('opens after a rotation, until its key is removed', async () => {
    const token = await tokenOf(links([OLD]));
    expect(await links([NEW, OLD]).open(token)).toMatchObject({ reference: 'customer-42' });
    expect(await links([NEW]).open(token)).toBe('invalid');
    expect(await links([OLD]).open(await tokenOf(links([NEW, OLD])))).toBe('invalid');
  });

  it('does not open with another key of the same id', async () => {
    const token = await tokenOf(links([NEW]));
    expect(await links([key('new')]).open(token)).toBe('invalid');
  });

  it('is expired after its days, and not before', async () => {
    const { url, expiresAt } = await links([NEW]).make(CLAIMS, { validForDays: 2 });
    const token = url.slice(url.lastIndexOf('/') + 1);
    const end = Date.parse(expiresAt);
    expect(end - NOW.getTime()).toBeLessThanOrEqual(2 * DAY_MS);
    expect(await links([NEW], new Date(end - 1_000)).open(token)).toMatchObject(CLAIMS);
    expect(await links([NEW], new Date(end + 1_000)).open(token)).toEqual({ expired: true });
    expect(await links([key('new')], new Date(end + 1_000)).open(token)).toBe('invalid');
  });

  it('does not open once any character of it is altered', async () => {
    const token = await tokenOf(links([NEW]));
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const altered = token.slice(0, at) + other + token.slice(at + 1);
      expect([at, await links([NEW]).open(altered)]).toEqual([at, 'invalid']);
    }
    expect(await links([NEW]).open(`${token}=`)).toBe('invalid');
    expect(await links([NEW]).open(` ${token}`)).toBe('invalid');
  });

  it('does not open if it is joined from two links', async () => {
    const one = (await tokenOf(links([NEW]))).split('.');
    const other = (await tokenOf(links([NEW]), { ...CLAIMS, reference: 'customer-43' })).split('.');
    for (let part = 2; part < 5; part += 1) {
      expect(await links([NEW]).open(one.with(part, other[part] ?? '').join('.'))).toBe('invalid');
    }
  });
});

describe('the way back', () => {
  const APP = 'https://app.example.org/mail?step=2';
  const OTHER = 'https://app.example.org:8443/new-link';
  const hosts = ['app.example.org', 'app.example.org:8443'];

  function withHosts(returnHosts: readonly string[], now = NOW) {
    const publicUrl = 'https://onboarding.example.org';
    return createLinks({ keys: [NEW], publicUrl, days: 30, returnHosts, now: () => now });
  }

  it('is that of the link, or else that of the start', async () => {
    const subject = { ...CLAIMS, returnUrl: APP, refreshUrl: OTHER };
    const { url } = await withHosts(hosts).make(subject, { returnUrl: OTHER });
    const token = url.slice(url.lastIndexOf('/') + 1);
    expect(await withHosts(hosts).open(token)).toMatchObject({
      returnUrl: OTHER,
      refreshUrl: OTHER,
    });
  });

  it('is known of an expired link too, which opens to nothing else', async () => {
    const { url, expiresAt } = await withHosts(hosts).make(CLAIMS, { refreshUrl: OTHER });
    const later = new Date(Date.parse(expiresAt) + 1_000);
    const opened = await withHosts(hosts, later).open(url.slice(url.lastIndexOf('/') + 1));
    expect(opened).toEqual({ expired: true, refreshUrl: OTHER });
  });

  it.each([
    ['another host', 'https://evil.example.org/'],
    ['another port', 'https://app.example.org:444/'],
    ['a host that begins like ours', 'https://app.example.org.evil.example/'],
    ['our host as a user name', 'https://app.example.org@evil.example/'],
    ['another protocol', 'javascript:alert(1)//app.example.org'],
    ['no host', '/mail'],
  ])('leads nowhere else: %s', async (_what, elsewhere) => {
    expect(withHosts(hosts).mayLeadTo(elsewhere)).toBe(false);
    const subject = { ...CLAIMS, returnUrl: elsewhere, refreshUrl: elsewhere };
    const { url } = await withHosts(hosts).make(subject);
    expect(await withHosts(hosts).open(url.slice(url.lastIndexOf('/') + 1))).not.toHaveProperty(
      'returnUrl',
    );
  });

  it('ends for links that exist once its host is no longer configured', async () => {
    const { url } = await withHosts(hosts).make({ ...CLAIMS, returnUrl: APP });
    const opened = await withHosts([]).open(url.slice(url.lastIndexOf('/') + 1));
    expect(opened).not.toHaveProperty('returnUrl');
  });

  it('fits with two of the longest addresses and the longest reference', async () => {
    const longest = `https://app.example.org/${'x'.repeat(476)}`;
    const subject = { ...CLAIMS, reference: 'r'.repeat(128) };
    const way = { returnUrl: longest, refreshUrl: longest };
    const { url } = await withHosts(hosts).make(subject, way);
    expect(await withHosts(hosts).open(url.slice(url.lastIndexOf('/') + 1))).toMatchObject(way);
  });
});

describe('a token of another kind', () => {
  const { key: secret } = NEW;
  const pair = generateKeyPair('RSA-OAEP-256');

  it.each([
    ['no algorithm', () => madeUp({ alg: 'none', enc: 'A256GCM', kid: 'new', typ: 'sender-link' })],
    ['no encryption', () => madeUp({ alg: 'dir', enc: 'none', kid: 'new', typ: 'sender-link' })],
    ['an unsecured JWT', () => `${base64url.encode('{"alg":"none"}')}.${base64url.encode('{}')}.`],
    [
      'a JWT signed with our key',
      () =>
        new SignJWT({ ...CLAIMS }).setProtectedHeader({ alg: 'HS256', kid: 'new' }).sign(secret),
    ],
    [
      'one of another purpose, closed with our key',
      () =>
        likeOurs()
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', typ: 'other' })
          .encrypt(secret),
    ],
    [
      'one closed by key wrapping with our key',
      () =>
        likeOurs()
          .setProtectedHeader({ alg: 'A256KW', enc: 'A256GCM', kid: 'new', typ: 'sender-link' })
          .encrypt(secret),
    ],
    [
      'one whose key is wrapped for us with a public key',
      async () =>
        likeOurs()
          .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'new' })
          .encrypt((await pair).publicKey),
    ],
    [
      'one without a key id',
      () =>
        likeOurs()
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'sender-link' })
          .encrypt(secret),
    ],
    [
      'one without a reference',
      () =>
        new EncryptJWT({
          startedAt: CLAIMS.startedAt,
          linksValidFrom: null,
          issuedAt: NOW.toISOString(),
        })
          .setExpirationTime(new Date(NOW.getTime() + DAY_MS))
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', typ: 'sender-link' })
          .encrypt(secret),
    ],
    [
      'one without an expiry',
      () =>
        new EncryptJWT({
          startedAt: CLAIMS.startedAt,
          linksValidFrom: null,
          issuedAt: NOW.toISOString(),
        })
          .setSubject('customer-42')
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'new', typ: 'sender-link' })
          .encrypt(secret),
    ],
  ])('is no link: %s', async (_what, make) => {
    expect(await links([NEW]).open(await make())).toBe('invalid');
  });

  it('never throws, whatever it is', async () => {
    const part = fc.oneof(fc.string(), fc.base64String(), fc.json().map(base64url.encode));
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 2_000 }),
      fc.array(part, { minLength: 3, maxLength: 6 }).map((parts) => parts.join('.')),
      fc.object().map((header) => madeUp({ alg: 'dir', enc: 'A256GCM', kid: 'new', ...header })),
    );
    await fc.assert(
      fc.asyncProperty(anything, async (token) => {
        expect(await links([NEW]).open(token)).toBe('invalid');
      }),
      { numRuns: draws(500) },
    );
  });
});
