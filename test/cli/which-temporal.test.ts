/** Which Temporal is meant, by the environment and what a running `onboard up` has left in its folder. */
import { beforeEach, expect, test } from '@jest/globals';
import { identify } from '../../devserver/index.ts';
import { HASH_KEY } from '../client/development-server.ts';
import type { Ran } from './onboard.ts';
import { useScene } from './scene.ts';

const scene = useScene();

const NOBODY = { pid: 2 ** 22 + 1, started: '1' };

/** As a running `onboard up` writes it; this process stands for that one. */
async function leaveRunning(changes: object = {}): Promise<void> {
  const running = {
    ...(await identify(process.pid)),
    temporalAddress: scene.world.server.address,
    namespace: 'default',
    uiUrl: 'http://127.0.0.1:8233',
    simulatorUrl: null,
    ...changes,
  };
  await scene.file('running.json', JSON.stringify(running));
}

/** `list`, with nothing of Temporal in the environment but what is given. */
function list(env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return scene.onboard(['list'], { env: { TEMPORAL_ADDRESS: '', ...env } });
}

beforeEach(() => leaveRunning());

test('that of a running `npm start` in this folder is found', async () => {
  expect(await list()).toMatchObject({ code: 0 });
});

test('what a killed `npm start` has left behind is not followed', async () => {
  await leaveRunning(NOBODY);
  const killed = await list();
  expect(killed.code).toBe(5);
  expect(killed.err).toContain('run `npm start`');
  // The system may have given its number to another process.
  await leaveRunning({ started: NOBODY.started });
  expect(await list()).toMatchObject({ code: 5, err: killed.err });
});

test.each(['by the address too', 'alone'])(
  'a namespace that is named %s goes first',
  async (how) => {
    const TEMPORAL_ADDRESS = how === 'alone' ? '' : scene.world.server.address;
    const { code, err } = await list({ TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE: 'another' });
    expect(code).toBe(5);
    expect(err).toContain('no namespace another');
  },
);

test('the hash key that `npm start` has made counts for its own Temporal only', async () => {
  const key = `${HASH_KEY.version}:${HASH_KEY.key.toString('base64')}`;
  await scene.file('hash-key', key);
  expect(await list({ ONBOARDING_HASH_KEY: '' })).toMatchObject({ code: 0 });
  // Started with TEMPORAL_ADDRESS: one that others use, with a key of theirs.
  await leaveRunning({ uiUrl: null });
  const { code, err } = await list({ ONBOARDING_HASH_KEY: '' });
  expect(code).toBe(2);
  expect(err).toContain('ONBOARDING_HASH_KEY is not set');
  const examined = await scene.onboard(['doctor'], {
    env: { TEMPORAL_ADDRESS: '', ONBOARDING_HASH_KEY: '' },
  });
  expect(examined.out).toContain('ONBOARDING_HASH_KEY (for commands) is not set');
});

test('an API key that is meant for another Temporal is not for ours', async () => {
  expect(await list({ TEMPORAL_API_KEY: 'of-another' })).toMatchObject({ code: 0 });
});

test('an empty variable counts as not set', async () => {
  const TEMPORAL_ADDRESS = scene.world.server.address;
  await leaveRunning(NOBODY);
  const empty = { TEMPORAL_API_KEY: '', TEMPORAL_TLS_CLIENT_CERT_PATH: '', TEMPORAL_PROFILE: ' ' };
  expect(await list({ TEMPORAL_ADDRESS, ...empty })).toMatchObject({ code: 0 });
});
