/** A key under which nobody is found by address would otherwise show only as empty lists. */
import { expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { startOnboard } from '../cli/onboard.ts';
import { useDoctor } from './fixture.ts';

const doctor = useDoctor();

test('another hash key than that of the open onboardings is named, unless the former one is set too', async () => {
  const namespace = await doctor.namespace();
  const env = doctor.environment(namespace);
  const before = await doctor.examine(env);
  expect(before.of('hash-key')).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('no open onboarding'),
  });
  const started = ['start', 'customer-1', '--email', 'customer-1@example.org'];
  expect((await startOnboard(started, { env }).end).code).toBe(0);
  const same = await doctor.examine(env);
  expect(same.of('hash-key')).toMatchObject({
    state: 'ok',
    found: expect.stringContaining('finds the newest'),
  });
  const other = { ...env, ONBOARDING_HASH_KEY: `2:${randomBytes(32).toString('base64')}` };
  const wrong = await doctor.examine(other);
  expect(wrong.of('hash-key').state).toBe('failed');
  expect(wrong.of('hash-key').todo.join()).toContain('ONBOARDING_FORMER_HASH_KEYS');
  const former = { ...other, ONBOARDING_FORMER_HASH_KEYS: env['ONBOARDING_HASH_KEY'] ?? '' };
  expect((await doctor.examine(former)).of('hash-key').state).toBe('ok');
});
