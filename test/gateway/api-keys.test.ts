import { expect, test } from '@jest/globals';
import { findBySecret } from '../../codec/secret-check.ts';
import { createApiKey, parseApiKeys, writtenApiKey } from '../../gateway/api-keys.ts';

test('a key is found only by itself, and only its hash is configured', () => {
  const one = createApiKey('crm', ['start', 'read']);
  const two = createApiKey('ops', ['override']);
  const keys = parseApiKeys(`${one.written},\n ${two.written}`);
  expect(findBySecret(keys, one.key)).toMatchObject({ name: 'crm', scopes: ['start', 'read'] });
  expect(findBySecret(keys, two.key)).toMatchObject({ name: 'ops', scopes: ['override'] });
  expect(findBySecret(keys, `${one.key}x`)).toBeUndefined();
  expect(findBySecret(keys, '')).toBeUndefined();
  expect(one.written).not.toContain(one.key);
  expect(writtenApiKey('crm', ['start', 'read'], one.key)).toBe(one.written);
});

test('two keys of one name are valid at once, so that a key can be replaced', () => {
  const [before, after] = [createApiKey('crm', ['read']), createApiKey('crm', ['read'])];
  const keys = parseApiKeys([before.written, after.written].join(','));
  expect(findBySecret(keys, before.key)?.name).toBe('crm');
  expect(findBySecret(keys, after.key)?.name).toBe('crm');
});

test.each([
  ['a key itself', createApiKey('crm', ['read']).key],
  ['an unknown scope', `crm:read+write:${'0'.repeat(64)}`],
  ['no scope', `crm::${'0'.repeat(64)}`],
  ['half a hash', `crm:read:${'0'.repeat(63)}`],
])('%s is no configuration, and is not repeated', (_what, written) => {
  const failure = failureOf(() => parseApiKeys(written));
  expect(failure).toContain('onboard key create');
  expect(failure).not.toContain(written);
});

test('the same key twice is a mistake', () => {
  const { written } = createApiKey('crm', ['read']);
  expect(() => parseApiKeys(`${written},${written}`)).toThrow('same hash');
});

function failureOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return String(error);
  }
}
