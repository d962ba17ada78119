/** Links to the sender's page: they may be altered, or invented without a key. */
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { EncryptJWT, type JWTPayload } from 'jose';
import { createLinks, type LinkKey } from '../../gateway/links/links.ts';
import { altered, hostileText, hostileValue, mutated, runs } from './hostile.ts';

const KEY: LinkKey = { kid: '2026', key: new Uint8Array(randomBytes(32)) };
const OTHER: LinkKey = { kid: 'other', key: new Uint8Array(randomBytes(32)) };
const NOW = new Date('2026-03-02T09:30:00.456Z');

const links = createLinks({
  keys: [KEY, OTHER],
  publicUrl: 'https://onboarding.example.org',
  days: 30,
  now: () => NOW,
});
const tokenIn = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const reference = fc.string({
  unit: fc.constantFrom(...'abcXYZ019_.:-'.split('')),
  minLength: 1,
  maxLength: 128,
});
const moment = fc
  .date({ noInvalidDate: true, min: new Date(0), max: NOW })
  .map((date) => date.toISOString());

test('any link opens to its own content, and not at all once it is altered', async () => {
  await fc.assert(
    fc.asyncProperty(reference, moment, fc.nat(), async (of, startedAt, seed) => {
      const { url, expiresAt } = await links.make({
        reference: of,
        startedAt,
        linksValidFrom: null,
      });
      const token = tokenIn(url);
      const claims = {
        reference: of,
        startedAt,
        linksValidFrom: null,
        issuedAt: NOW.toISOString(),
        expiresAt,
      };
      expect(await links.open(token)).toEqual(claims);
      for (const wrong of fc.sample(altered(token), { numRuns: 10, seed })) {
        expect(await links.open(wrong)).toBe('invalid');
      }
    }),
    runs(150),
  );
});

test('any other text opens to nothing, however long or odd it is', async () => {
  const part = fc.oneof(
    fc.base64String({ maxLength: 400 }).map((text) => text.replaceAll('=', '')),
    hostileText,
    hostileValue.map((value) => Buffer.from(JSON.stringify(value ?? null)).toString('base64url')),
    fc.constant(
      Buffer.from(
        JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid: KEY.kid, typ: 'sender-link' }),
      ).toString('base64url'),
    ),
  );
  const token = fc.oneof(
    hostileText,
    fc.array(part, { minLength: 1, maxLength: 7 }).map((parts) => parts.join('.')),
    fc.nat(1_000_000).map((length) => 'A'.repeat(length)),
    fc.nat(100_000).map((length) => '.'.repeat(length)),
  );
  await fc.assert(
    fc.asyncProperty(token, async (written) => {
      expect(await links.open(written)).toBe('invalid');
    }),
    runs(750),
  );
});

test('a token that our own key made is a link only with the claims of a link', async () => {
  const header = { alg: 'dir', enc: 'A256GCM', kid: KEY.kid, typ: 'sender-link' };
  const valid = {
    sub: 'customer-42',
    startedAt: '2026-03-01T08:00:00.123Z',
    linksValidFrom: null,
    issuedAt: NOW.toISOString(),
    exp: NOW.getTime() / 1_000 + 3_600,
  };
  const claim = fc.oneof(mutated(valid), mutated({ ...valid, exp: 1_000 }), fc.constant(valid));
  const opened = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(claim, mutated(header), fc.boolean(), async (claims, odd, ours) => {
      const token = await closed(claims, ours ? header : odd);
      if (token === undefined) return;
      const open = await links.open(token);
      const kind = typeof open === 'string' ? open : 'expired' in open ? 'expired' : 'link';
      opened.add(kind);
      if (typeof open === 'string' || 'expired' in open) return;
      expect(typeof open.reference).toBe('string');
      for (const at of [open.startedAt, open.issuedAt, open.expiresAt]) {
        expect(Number.isNaN(Date.parse(at))).toBe(false);
      }
      expect(Date.parse(open.expiresAt)).toBeGreaterThan(NOW.getTime());
    }),
    runs(500),
  );
  expect(opened).toEqual(new Set(['link', 'invalid', 'expired']));
});

/** Undefined if the library refuses to make such a token. */
async function closed(claims: unknown, header: unknown): Promise<string | undefined> {
  try {
    const payload = JSON.parse(JSON.stringify(claims)) as JWTPayload;
    const protectedHeader = JSON.parse(JSON.stringify(header)) as { alg: string; enc: string };
    return await new EncryptJWT(payload).setProtectedHeader(protectedHeader).encrypt(KEY.key);
  } catch {
    return undefined;
  }
}
