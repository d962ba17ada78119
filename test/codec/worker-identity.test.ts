import { expect, test } from '@jest/globals';
import { encryptingConverter, parseEncryptionKeys, plainConverter } from '../../codec/index.ts';
import { keyIdsIn, nameIn, workerIdentity } from '../../codec/worker-identity.ts';

const NAME = `12345@${'h'.repeat(60)}`;
const KEYS = parseEncryptionKeys(
  Array.from(
    { length: 20 },
    (_, at) => `${'n'.repeat(30)}${at + 10}:${Buffer.alloc(32, at).toString('base64')}`,
  ).join(','),
);

test("a worker's identity names its keys, within the length that Temporal allows", () => {
  const identity = workerIdentity(NAME, encryptingConverter(KEYS));
  expect(keyIdsIn(identity)).toEqual(KEYS.map(({ id }) => id));
  expect(identity.length).toBeLessThan(1_000);
  expect(keyIdsIn(workerIdentity(NAME, plainConverter()))).toEqual([]);
});

test('any other identity names no keys', () => {
  for (const identity of ['', '1@host', 'keys=a', '1@host keys=\u001b[31m', '1@host keys=a b']) {
    expect(keyIdsIn(identity)).toBeUndefined();
  }
});

test('text that a worker appends to its identity does not hide its keys', () => {
  const identity = `${workerIdentity(NAME, encryptingConverter(KEYS))} policy=0123abcd`;
  expect(keyIdsIn(identity)).toEqual(KEYS.map(({ id }) => id));
});

test('the workers of one process have one name', () => {
  const identity = workerIdentity(NAME, encryptingConverter(KEYS));
  expect([identity, `${identity} policy=0123abcd`, NAME].map(nameIn)).toEqual([NAME, NAME, NAME]);
});
