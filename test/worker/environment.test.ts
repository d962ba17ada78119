import { expect, test } from '@jest/globals';
import { runOnboard } from '../cli/onboard.ts';
import { WORKER_ENVIRONMENT } from './worker.ts';

test('all that is wrong with the environment is told at once, and no value of it', async () => {
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
    'AR24_BASE_URL',
    'AR24_PRIVATE_KEY',
    'AR24_TIMEOUT_MS',
    'ONBOARDING_LOG_LEVEL',
    'ONBOARDING_METRICS_ADDRESS',
    'TEMPORAL_ADDRESS',
  ]);
  expect(err).not.toMatch(/unwanted|secret-token|app\.ar24\.fr/);
});

test('an AR24 of real senders is refused while payloads are not encrypted, with the reason', async () => {
  const { code, err } = await runOnboard(['worker'], {
    env: {
      ...WORKER_ENVIRONMENT,
      AR24_BASE_URL: 'https://app.ar24.fr/api/',
      TEMPORAL_ADDRESS: '127.0.0.1:9',
    },
  });
  expect(code).toBe(2);
  expect(err).toContain('unencrypted in Temporal');
  expect(err).toContain('ONBOARDING_ALLOW_PLAINTEXT=1');
});

test.each([
  'http://127.0.0.1.example.org/api/',
  'http://localhost.example.org/api/',
  'http://10.0.0.1/api/',
])('%s is not taken for this machine', async (address) => {
  const env = { ...WORKER_ENVIRONMENT, AR24_BASE_URL: address };
  const { err } = await runOnboard(['worker'], { env });
  expect(err).toContain('AR24_BASE_URL is not on this machine');
});

test("a certificate that is not there is told with the file's name", async () => {
  const { code, err } = await runOnboard(['worker'], {
    env: {
      ...WORKER_ENVIRONMENT,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/client.pem',
    },
  });
  expect(code).toBe(2);
  expect(err).toContain('/nowhere/client.pem');
});
