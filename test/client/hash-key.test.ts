import { expect, test } from '@jest/globals';
import { emailHash, parseHashKey, requestFingerprint } from '../../client/hash-key.ts';
import { onboardingRequest, registrationForm } from '../support/people.ts';

const BASE64 = Buffer.alloc(32, 7).toString('base64');
const key = parseHashKey(`1:${BASE64}`);
const other = parseHashKey(`2:${Buffer.alloc(32, 8).toString('base64')}`);

test('an address has the same hash in every spelling', () => {
  const hash = emailHash('zoé@example.org', key);
  expect(hash).toMatch(/^1\.[0-9a-f]{32}$/);
  expect(emailHash('  ZOE\u0301@Example.ORG ', key)).toBe(hash);
  expect(emailHash('zoe@example.org', key)).not.toBe(hash);
  const german = emailHash('zoe@exämple.org', key);
  expect(emailHash('zoe@EXA\u0308MPLE.org', key)).toBe(german);
  expect(emailHash('zoe@xn--exmple-cua.org', key)).toBe(german);
  expect(emailHash('zoe@example.org', key)).not.toBe(german);
});

test('without the key nobody can compute the hash of an address', () => {
  const [, ours] = emailHash('zoe@example.org', key).split('.');
  const [, theirs] = emailHash('zoe@example.org', other).split('.');
  expect(ours).not.toBe(theirs);
});

test('a request has one fingerprint, whatever the order of its fields', () => {
  const request = onboardingRequest({ registration: registrationForm() });
  const reversed = {
    ...Object.fromEntries(Object.entries(request).reverse()),
    registration: Object.fromEntries(Object.entries(registrationForm()).reverse()),
  } as typeof request;
  expect(Object.keys(reversed)).not.toEqual(Object.keys(request));
  expect(requestFingerprint(reversed, key)).toBe(requestFingerprint(request, key));
});

test('requests that differ have different fingerprints', () => {
  const fingerprints = [
    onboardingRequest(),
    onboardingRequest({ email: 'zoe@example.org' }),
    onboardingRequest({ require: ['payment'] }),
    onboardingRequest({ registration: registrationForm() }),
    onboardingRequest({ registration: registrationForm({ city: 'Lyon' }) }),
  ].map((request) => requestFingerprint(request, key));
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
});

test.each([
  '',
  BASE64,
  `:${BASE64}`,
  '1:',
  '1:c2hvcnQ=',
  `1:${Buffer.alloc(33).toString('base64')}`,
  `a b:${BASE64}`,
])('%j is refused as a key, and is not repeated in the error', (written) => {
  expect(() => parseHashKey(written)).toThrow(
    'a hash key is written VERSION:BASE64, with 32 bytes in base64',
  );
});
