/**
 * The form that a browser keeps in a cookie: encrypted, for one link, for an hour. No Temporal is
 * needed.
 */
import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLinks } from '../../../gateway/links/links.ts';
import { createKeptForms } from '../../../gateway/page/form/kept-form.ts';
import { draws } from '../../support/draws.ts';

const key = (kid: string) => ({ kid, key: new Uint8Array(randomBytes(32)) });
const [OLD, NEW] = [key('old'), key('new')];
const NOW = new Date('2026-03-02T09:30:00.000Z');
const TYPED = { firstname: 'Zoé', lastname: 'Brûlé', zipcode: '75002', statut: 'particulier' };
const publicUrl = 'https://onboarding.example.org/proxied/';
const forms = (linkKeys: readonly [typeof OLD, ...(typeof OLD)[]] = [NEW], now = NOW) =>
  createKeptForms({ linkKeys, publicUrl, now: () => now });
const cookieIn = (set: string) => set.split(';')[0];

test('it is restored for the link behind which it was typed, also after a rotation of keys', async () => {
  const set = await forms([OLD]).keep('TOKEN', TYPED);
  expect(set).toMatch(
    /^typed=[\w.-]+; Max-Age=3600; Path=\/proxied\/s\/TOKEN; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(await forms([NEW, OLD]).read('TOKEN', cookieIn(set))).toEqual(TYPED);
  expect(await forms([NEW, OLD]).read('ANOTHER', cookieIn(set))).toEqual({});
  expect(await forms([NEW]).read('TOKEN', cookieIn(set))).toEqual({});
  expect(
    await forms([OLD], new Date(NOW.getTime() + 3_601_000)).read('TOKEN', cookieIn(set)),
  ).toEqual({});
});

test('a form that is too long for a cookie is not kept, and replaces the one kept before', async () => {
  const longest = Object.fromEntries(
    ['firstname', 'lastname', 'address1', 'address2', 'zipcode', 'city', 'company'].map((name) => [
      name,
      'x'.repeat(200),
    ]),
  );
  const set = await forms().keep('TOKEN', longest);
  expect(await forms().read('TOKEN', cookieIn(set))).toEqual(longest);
  const longer = { ...longest, address1: 'x'.repeat(4_000) };
  expect(await forms().keep('TOKEN', longer)).toMatch(/^typed=; Max-Age=0; /);
});

test('a link cannot be used as a form, nor a form as a link', async () => {
  const settings = { keys: [NEW] as const, publicUrl, days: 30, now: () => NOW };
  const links = createLinks(settings);
  const { url } = await links.make({
    reference: 'a',
    startedAt: NOW.toISOString(),
    linksValidFrom: null,
  });
  const token = url.slice(url.lastIndexOf('/') + 1);
  expect(await forms().read(token, `typed=${token}`)).toEqual({});
  const kept = cookieIn(await forms().keep('TOKEN', TYPED))?.replace('typed=', '') ?? '';
  expect(await links.open(kept)).toBe('invalid');
});

test('any cookies can be read without an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (anything) => {
      expect(await forms().read('TOKEN', anything)).toEqual({});
      expect(await forms().read('TOKEN', `typed=${anything}`)).toEqual({});
    }),
    { numRuns: draws(200) },
  );
});

test('the cookie is deleted only if there is one', () => {
  expect(forms().forget('TOKEN', undefined)).toBeUndefined();
  expect(forms().forget('TOKEN', 'other=1')).toBeUndefined();
  expect(forms().forget('TOKEN', 'other=1; typed=x')).toMatch(/^typed=; Max-Age=0; /);
});
