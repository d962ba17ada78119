import { describe, expect, test } from '@jest/globals';
import { checkNode } from '../../cli/doctor/environment.ts';
import { quietWords } from '../../cli/doctor/workers.ts';
import { useDoctor, WRONG } from './fixture.ts';

const doctor = useDoctor();

test('all invalid variables are reported at once, with the parts that need them', async () => {
  const examined = await doctor.examine({
    ...doctor.environment('default'),
    AR24_TOKEN: '',
    AR24_TIMEOUT_MS: WRONG,
    ONBOARDING_HASH_KEY: WRONG,
    ONBOARDING_TERMS_PROOF: WRONG,
    ONBOARDING_NOTIFY_URL: 'https://crm.example.org/hooks',
    SIMULATOR_PORT: WRONG,
  });
  expect(examined.code).toBe(7);
  const { state, todo } = examined.of('environment');
  expect(state).toBe('failed');
  expect(todo.map((fault) => fault.split(' is ')[0]?.split(' a ')[0])).toHaveLength(6);
  expect(todo.join('\n')).toContain('AR24_TOKEN (for worker) is not set');
  expect(todo.join('\n')).toContain(
    'ONBOARDING_TERMS_PROOF (for worker) field or claim is expected',
  );
  expect(todo.join('\n')).toContain('ONBOARDING_NOTIFY_SECRETS (for worker) is not set');
  expect(examined.all('skipped')).toEqual([
    'policy',
    'hash-key',
    'onboardings',
    'ar24-account',
    'ar24',
    'clock',
  ]);
  expect(examined.of('temporal').state).toBe('ok');
});

test('variables that nothing reads are named, as their names may be mistyped', async () => {
  const examined = await doctor.examine({
    ...doctor.environment('default'),
    ONBOARDING_POLICY_DAYS: '5',
    AR24_BASE_URL_FILE: '/etc/ar24',
    CRM_EVENT_SECRETS: WRONG,
  });
  const { state, found } = examined.of('environment');
  expect([state, found]).toEqual([
    'warning',
    'every variable is valid; nothing reads ONBOARDING_POLICY_DAYS, AR24_BASE_URL_FILE',
  ]);
});

describe('without keys to encrypt payloads with', () => {
  test('is refused, and no payload is read', async () => {
    const examined = await doctor.examine({
      ...doctor.environment('default'),
      ONBOARDING_ENCRYPTION_KEYS: '',
    });
    const { state, todo } = examined.of('environment');
    expect(state).toBe('failed');
    expect(todo.join('\n')).toContain('ONBOARDING_ALLOW_PLAINTEXT=1');
    expect(examined.of('payloads')).toMatchObject({ state: 'skipped' });
  });

  test('is a warning where plaintext is allowed', async () => {
    const examined = await doctor.examine({
      ...doctor.environment(await doctor.namespace()),
      ONBOARDING_ENCRYPTION_KEYS: '',
      ONBOARDING_ALLOW_PLAINTEXT: '1',
    });
    expect(examined.of('environment').state).toBe('ok');
    expect(examined.of('payloads')).toMatchObject({ state: 'warning' });
  });
});

test('a hash key is needed where none was made', async () => {
  const examined = await doctor.examine({
    ...doctor.environment('default'),
    ONBOARDING_HASH_KEY: '',
  });
  expect(examined.of('environment').todo).toHaveLength(1);
  expect(examined.of('environment').todo[0]).toContain('openssl rand -base64 32');
});

describe('Node', () => {
  test.each(['v20.20.2', 'v22.17.1'])('%s is too old', (version) => {
    expect(checkNode(version)).toMatchObject({ state: 'failed' });
  });
  test.each(['v22.18.0', 'v24.0.0'])('%s will do', (version) => {
    expect(checkNode(version)).toMatchObject({ state: 'ok' });
  });
});

test('a worker that has not polled for over a minute is named with the time', () => {
  expect(quietWords([1_000, 60_000])).toBe('');
  expect(quietWords([1_000, 85_400])).toBe(' (one was last seen 85 s ago, and has probably ended)');
  expect(quietWords([70_000, 85_000])).toContain('2 were last seen 70 s and 85 s ago, and have');
});
