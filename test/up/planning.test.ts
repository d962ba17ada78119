import { expect, test } from '@jest/globals';
import { planUp } from '../../cli/up/options.ts';
import { usePlatform } from './platform.ts';

test('on Windows it is refused, with the way out', () => {
  expect(planUp({}, {}).ar24.kind).toBe('simulator');
  usePlatform('win32');
  expect(() => planUp({}, {})).toThrow('in WSL');
});

test('our own simulator may listen where others reach it: nobody in it is real', () => {
  const plan = planUp({}, { SIMULATOR_HOST: '192.168.1.20' });
  expect(plan.workerWith('http://192.168.1.20:8424/api/').values.AR24_BASE_URL).toContain('.20');
});

test('an AR24 that is not ours and not here is refused as before', () => {
  const real = {
    AR24_BASE_URL: 'https://ar24.example/api/',
    AR24_TOKEN: 'token',
    AR24_PRIVATE_KEY: 'key',
  };
  expect(() => planUp({}, real)).toThrow('ONBOARDING_ALLOW_PLAINTEXT=1');
});
