import { expect, test } from '@jest/globals';
import { planUp } from '../../cli/up/options.ts';
import { createEncryptionKey, parseEncryptionKeys } from '../../codec/index.ts';
import { KEYS, WRITTEN_KEYS } from '../support/encryption.ts';
import { usePlatform } from './platform.ts';

test('on Windows it is refused, with the remedy', () => {
  expect(planUp({}, {}).ar24.kind).toBe('simulator');
  usePlatform('win32');
  expect(() => planUp({}, {})).toThrow('in WSL');
});

test('the simulator may listen on an address that other machines reach', () => {
  const plan = planUp({}, { SIMULATOR_HOST: '192.168.1.20' });
  const { values } = plan.workerWith('http://192.168.1.20:8424/api/', WRITTEN_KEYS);
  expect(values.AR24_BASE_URL).toContain('.20');
});

test('on one machine it encrypts: with its own key, or with those of the environment', () => {
  const encryptionOf = (environment: Record<string, string>) =>
    planUp({}, environment).workerWith('http://127.0.0.1/api/', WRITTEN_KEYS).encryption;
  expect(encryptionOf({})).toEqual(KEYS);
  expect(encryptionOf({ ONBOARDING_ALLOW_PLAINTEXT: '1' })).toEqual(KEYS);
  const named = createEncryptionKey('named');
  expect(encryptionOf({ ONBOARDING_ENCRYPTION_KEYS: named })).toEqual(parseEncryptionKeys(named));
});
