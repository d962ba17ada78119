import { describe, expect, test } from '@jest/globals';
import { checkNode } from '../../cli/doctor/node.ts';
import { useClinic, WRONG } from './clinic.ts';

const clinic = useClinic();

test('all variables that make no sense are told at once, with what needs them', async () => {
  const examined = await clinic.examine({
    ...clinic.environment('default'),
    AR24_TOKEN: '',
    AR24_TIMEOUT_MS: WRONG,
    ONBOARDING_HASH_KEY: WRONG,
    ONBOARDING_TERMS_PROOF: WRONG,
    SIMULATOR_PORT: WRONG,
  });
  expect(examined.code).toBe(7);
  const { state, todo } = examined.of('environment');
  expect(state).toBe('failed');
  expect(todo.map((fault) => fault.split(' is ')[0]?.split(' a ')[0])).toHaveLength(5);
  expect(todo.join('\n')).toContain('AR24_TOKEN (for worker) is not set');
  expect(todo.join('\n')).toContain(
    'ONBOARDING_TERMS_PROOF (for worker) field or claim is expected',
  );
  expect(examined.all('skipped')).toEqual(['ar24', 'clock']);
  expect(examined.of('temporal').state).toBe('ok');
});

describe('without keys to encrypt payloads with', () => {
  test('is refused, and nothing that is encrypted is looked at', async () => {
    const examined = await clinic.examine({
      ...clinic.environment('default'),
      ONBOARDING_ENCRYPTION_KEYS: '',
    });
    const { state, todo } = examined.of('environment');
    expect(state).toBe('failed');
    expect(todo.join('\n')).toContain('ONBOARDING_ALLOW_PLAINTEXT=1');
    expect(examined.of('payloads')).toMatchObject({ state: 'skipped' });
  });

  test('is warned of where somebody has allowed it', async () => {
    const examined = await clinic.examine({
      ...clinic.environment(await clinic.namespace()),
      ONBOARDING_ENCRYPTION_KEYS: '',
      ONBOARDING_ALLOW_PLAINTEXT: '1',
    });
    expect(examined.of('environment').state).toBe('ok');
    expect(examined.of('payloads')).toMatchObject({ state: 'warning' });
  });
});

test('a hash key is needed where none was made', async () => {
  const examined = await clinic.examine({
    ...clinic.environment('default'),
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
