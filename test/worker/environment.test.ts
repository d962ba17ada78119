import { expect, test } from '@jest/globals';
import { runOnboard } from '../cli/onboard.ts';
import { WORKER_ENVIRONMENT } from './worker.ts';

test('all faults of the environment are reported at once, without a value', async () => {
  const { code, out, err } = await runOnboard(['worker'], {
    env: {
      AR24_BASE_URL: 'https://app.ar24.fr/api/',
      AR24_TOKEN: 'secret-token',
      AR24_TIMEOUT_MS: 'unwanted-1',
      ONBOARDING_METRICS_ADDRESS: 'unwanted-2',
      ONBOARDING_LOG_LEVEL: 'unwanted-3',
      TEMPORAL_ADDRESS: 'http://unwanted-4',
    },
  });
  expect(code).toBe(2);
  expect(out).toBe('');
  const named = err.split('\n').flatMap((line) => /^ {2}([A-Z0-9_]+) /.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual([
    'AR24_PRIVATE_KEY',
    'AR24_TIMEOUT_MS',
    'ONBOARDING_ENCRYPTION_KEYS',
    'ONBOARDING_LOG_LEVEL',
    'ONBOARDING_METRICS_ADDRESS',
    'TEMPORAL_ADDRESS',
  ]);
  expect(err).not.toMatch(/unwanted|secret-token|app\.ar24\.fr/);
});

test('without keys a worker does not start, and the error says how to get one', async () => {
  const env = { ...WORKER_ENVIRONMENT, TEMPORAL_ADDRESS: '127.0.0.1:9' };
  const { code, err } = await runOnboard(['worker'], {
    env: { ...env, ONBOARDING_ENCRYPTION_KEYS: '' },
  });
  expect(code).toBe(2);
  expect(err).toContain('ONBOARDING_ENCRYPTION_KEYS is not set');
  expect(err).toContain('`onboard key encryption` makes one');
  expect(err).toContain('ONBOARDING_ALLOW_PLAINTEXT=1');
});

test('invalid keys are refused, and not printed', async () => {
  const { code, err } = await runOnboard(['worker'], {
    env: {
      ...WORKER_ENVIRONMENT,
      ONBOARDING_ENCRYPTION_KEYS: `one:${'unwanted'.repeat(5)}`,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
    },
  });
  expect(code).toBe(2);
  expect(err).toContain('ONBOARDING_ENCRYPTION_KEYS an encryption key is written NAME:BASE64');
  expect(err).not.toContain('unwanted');
});

test('a missing certificate is reported with the variable that names it', async () => {
  const { code, err } = await runOnboard(['worker'], {
    env: {
      ...WORKER_ENVIRONMENT,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/client.pem',
    },
  });
  expect(code).toBe(2);
  expect(err).toContain('TEMPORAL_TLS_CLIENT_CERT_PATH names a file that cannot be read (ENOENT)');
});
