/** Which Temporal a command uses, by the environment and by the file of a running `onboard up`. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { lock, type Lock } from '../../devserver/index.ts';
import { HASH_KEY } from '../client/development-server.ts';
import { KEYS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import type { Ran } from './onboard.ts';
import { useRunningSystem } from './running-system.ts';

const system = useRunningSystem();

let path: string;
let up: Lock;

/** What a running `onboard up` writes. */
function publish(changes: object = {}): void {
  up.write({
    temporalAddress: system.testEnv.server.address,
    namespace: 'default',
    uiUrl: 'http://127.0.0.1:8233',
    simulatorUrl: null,
    ...changes,
  });
}

/** `list`, with nothing of Temporal in the environment but what is given. */
function list(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return system.onboard(['list'], { env: { TEMPORAL_ADDRESS: '', ...env } });
}

beforeEach(async () => {
  path = await system.file('running.json', '');
  up = await lock(path);
  publish();
});

afterEach(() => {
  up.release();
});

test('that of a running `npm start` in this folder is found', async () => {
  expect(await list()).toMatchObject({ code: 0 });
});

test('the file of a killed `npm start` is ignored', async () => {
  const content = await readFile(path, 'utf8');
  up.release();
  await system.file('running.json', content);
  const killed = await list();
  expect(killed.code).toBe(5);
  expect(killed.err).toContain('run `npm start`');
});

test.each(['by the address too', 'alone'])(
  'a namespace that is named %s has priority',
  async (how) => {
    const TEMPORAL_ADDRESS = how === 'alone' ? '' : system.testEnv.server.address;
    const { code, err } = await list({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE: 'another' });
    expect(code).toBe(5);
    expect(err).toContain('no namespace another');
  },
);

test('the encryption key of `npm start` is required in its own namespace only', async () => {
  publish({ encryptionKeyId: 'of-npm-start' });
  const its = await list();
  expect([its.code, its.err]).toEqual([2, expect.stringContaining('key of-npm-start')]);
  expect(await list({ TEMPORAL_NAMESPACE: 'another' })).toMatchObject({
    code: 5,
    err: expect.stringContaining('no namespace another'),
  });
});

test('the hash key of `npm start` is used with its own Temporal only', async () => {
  const key = `${HASH_KEY.version}:${HASH_KEY.key.toString('base64')}`;
  await system.file('hash-key', key);
  expect(await list({ ONBOARDING_HASH_KEY: '' })).toMatchObject({ code: 0 });
  // Started with TEMPORAL_ADDRESS: others share this Temporal, and their key.
  publish({ uiUrl: null });
  const { code, err } = await list({ ONBOARDING_HASH_KEY: '' });
  expect(code).toBe(2);
  expect(err).toContain('ONBOARDING_HASH_KEY is not set');
  const examined = await system.onboard(['doctor'], {
    env: { TEMPORAL_ADDRESS: '', ONBOARDING_HASH_KEY: '' },
  });
  expect(examined.out).toContain('ONBOARDING_HASH_KEY (for gateway, commands) is not set');
});

test('an API key for another Temporal is not sent to ours', async () => {
  expect(await list({ TEMPORAL_API_KEY: 'of-another' })).toMatchObject({ code: 0 });
});

test('an empty variable counts as not set', async () => {
  const TEMPORAL_ADDRESS = system.testEnv.server.address;
  up.release();
  const empty = { TEMPORAL_API_KEY: '', TEMPORAL_TLS_CLIENT_CERT_PATH: '', TEMPORAL_PROFILE: ' ' };
  expect(await list({ TEMPORAL_ADDRESS, ...empty })).toMatchObject({ code: 0 });
});

test('`key rotate` says how many open workflows need each key, and prints its steps without Temporal too', async () => {
  const reference = 'needs-a-key';
  await system.client.start({ reference, email: `${reference}@example.org` });
  const rotate = (env: Readonly<Record<string, string>>) =>
    system.onboard(['key', 'rotate'], { env: { TEMPORAL_ADDRESS: '', ...env } });
  const { out } = await eventually(
    'counted',
    () => rotate({}),
    (ran) => ran.out.includes('Now: 1 open workflows'),
  );
  expect(out).toContain(`Now: 1 open workflows need the key ${KEYS[0].id}`);
  up.release();
  const without = await rotate({});
  expect(without.code).toBe(0);
  expect(out).toContain(without.out.trimEnd());
});
