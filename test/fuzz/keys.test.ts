/** Configured keys: all of them secret or close to it, typed or pasted by people. */
import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { emailHash, parseHashKey } from '../../client/hash-key.ts';
import { findBySecret } from '../../codec/secret-check.ts';
import { createApiKey, parseApiKeys, SCOPES } from '../../gateway/api-keys.ts';
import { parseLinkKeys } from '../../gateway/links/links.ts';
import { inProportion } from '../support/draws.ts';
import { altered, hostileText, runs } from './hostile.ts';
import { expectSafeError, thrownBy } from './safe-error.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const aKey = (name: string): string => `${name}:${base64(randomBytes(32))}`;
const anApiKey = (): string => createApiKey('crm', ['read', 'start']).written;

const PARSERS = [
  { what: 'the key of hashes', parse: parseHashKey, valid: () => aKey('1') },
  { what: 'keys of links', parse: parseLinkKeys, valid: () => `${aKey('new')}, ${aKey('old')}` },
  { what: 'API keys', parse: parseApiKeys, valid: () => `${anApiKey()}, ${anApiKey()}` },
] as const;

describe.each(PARSERS)('$what', ({ parse, valid }) => {
  test('are parsed, or refused without any part of the text', () => {
    const written = valid();
    const outcomes = { read: 0, refused: 0 };
    const anyText = fc.oneof(
      altered(written),
      hostileText,
      hostileText.map((text) => written + text),
      fc.constantFrom(written, written.split(',').toReversed().join(','), `${written},${written}`),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const failure = thrownBy(() => parse(text));
        outcomes[failure === undefined ? 'read' : 'refused'] += 1;
        if (failure === undefined) return;
        expectSafeError(failure, { kind: TypeError, secrets: [written], most: 200 });
      }),
      runs(1_000),
    );
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(20);
  });
});

const name = fc.string({
  unit: fc.constantFrom(...'abcXYZ019_-'.split('')),
  minLength: 1,
  maxLength: 16,
});
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('any key of 32 bytes is parsed to the same bytes', () => {
  const named = fc.uniqueArray(fc.tuple(name, bytes), {
    minLength: 1,
    maxLength: 5,
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(named, (all) => {
      const written = all.map(([id, key]) => `${id}:${base64(key)}`);
      const links = parseLinkKeys(written.join(','));
      expect(links.map(({ kid, key }) => [kid, base64(key)])).toEqual(
        all.map(([id, key]) => [id, base64(key)]),
      );
      const hashes = written.map(parseHashKey);
      expect(hashes.map(({ version, key }) => `${version}:${base64(key)}`)).toEqual(written);
    }),
    runs(500),
  );
});

test('an API key is valid for its own scopes only, and no other text is valid', () => {
  const scopes = fc.shuffledSubarray([...SCOPES], { minLength: 1 });
  fc.assert(
    fc.property(fc.array(scopes, { minLength: 1, maxLength: 4 }), fc.nat(), (all, seed) => {
      const made = all.map((some, n) => ({ ...createApiKey(`program-${n}`, some), some }));
      const keys = parseApiKeys(made.map(({ written }) => written).join(','));
      made.forEach(({ key, some }, n) => {
        const found = findBySecret(keys, key);
        expect(found?.name).toBe(`program-${n}`);
        expect(found?.scopes.toSorted()).toEqual(some.toSorted());
        const others = fc.sample(fc.oneof(altered(key), hostileText), { numRuns: 5, seed });
        for (const other of others) expect(findBySecret(keys, other)).toBeUndefined();
      });
    }),
    runs(200),
  );
});

test('any text has a hash that reveals nothing of it and that finds it again', () => {
  const key = parseHashKey(aKey('2'));
  const seen = new Map<string, string>();
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), hostileText, altered('zoe@exämple.org')), (address) => {
      const hashed = emailHash(address, key);
      expect(hashed).toMatch(/^2\.[0-9a-f]{32}$/);
      expect(emailHash(` ${address.toUpperCase().toLowerCase()}\n`, key)).toBe(
        emailHash(address.toUpperCase(), key),
      );
      expect(emailHash(address.normalize('NFD'), key)).toBe(
        emailHash(address.normalize('NFC'), key),
      );
      seen.set(hashed, address);
    }),
    runs(1_000),
  );
  expect(seen.size).toBeGreaterThan(inProportion(500, 1_000));
});
