/** The codec server as a process of its own. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { callCodec } from '../codec-server/call-codec.ts';
import {
  AUDIENCE,
  ISSUER,
  startIdentityProvider,
  type IdentityProvider,
} from '../codec-server/identity-provider.ts';
import { bodyOf, encrypted, valuesIn } from '../codec-server/server.ts';
import { WRITTEN_KEYS } from '../support/encryption.ts';
import { eventually } from '../support/eventually.ts';
import { runOnboard, startOnboard, type Running } from './onboard.ts';

const UI = 'https://temporal.example.org';

let provider: IdentityProvider;
let taken: Server;
const runs: Running[] = [];

beforeAll(async () => {
  provider = await startIdentityProvider();
  taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
});

afterAll(async () => {
  for (const { child, end } of runs) {
    child.kill('SIGKILL');
    await end;
  }
  taken.close();
  await provider.stop();
});

const withProvider = () => ({
  ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
  ONBOARDING_CODEC_PORT: '0',
  ONBOARDING_CODEC_UI_ORIGIN: UI,
  ONBOARDING_CODEC_JWKS_URL: provider.jwksUrl,
  ONBOARDING_CODEC_ISSUER: ISSUER,
  ONBOARDING_CODEC_AUDIENCE: AUDIENCE,
});

async function started(args: readonly string[], env: Readonly<Record<string, string>>) {
  const running = startOnboard(['codec', ...args, '--json'], { env });
  runs.push(running);
  const printed = await eventually(
    'ready',
    () => Promise.resolve(running.out() + String(running.child.exitCode ?? '')),
    (out) => out !== '',
  );
  return { running, ...(JSON.parse(printed) as { endpoint: string; origins: string[] }) };
}

describe('it does not start, and reports all faults at once', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, readonly string[]]>([
    [
      'with nothing',
      {},
      ['ENCRYPTION_KEYS', 'CODEC_UI_ORIGIN', 'CODEC_JWKS_URL', 'CODEC_ISSUER', 'CODEC_AUDIENCE'],
    ],
    [
      'with invalid values',
      {
        ONBOARDING_ENCRYPTION_KEYS: 'unwanted',
        ONBOARDING_CODEC_PORT: 'unwanted',
        ONBOARDING_CODEC_UI_ORIGIN: `${UI}/unwanted`,
        ONBOARDING_CODEC_JWKS_URL: 'http://login.example.org/unwanted',
        ONBOARDING_CODEC_ISSUER: ISSUER,
        ONBOARDING_CODEC_AUDIENCE: ' ',
      },
      ['ENCRYPTION_KEYS', 'CODEC_PORT', 'CODEC_UI_ORIGIN', 'CODEC_JWKS_URL', 'CODEC_AUDIENCE'],
    ],
    [
      'without keys, where that is allowed to others',
      {
        ONBOARDING_ALLOW_PLAINTEXT: '1',
        ONBOARDING_CODEC_UI_ORIGIN: UI,
        ONBOARDING_CODEC_JWKS_URL: 'https://login.example.org/keys',
        ONBOARDING_CODEC_ISSUER: ISSUER,
        ONBOARDING_CODEC_AUDIENCE: AUDIENCE,
      },
      ['ALLOW_PLAINTEXT'],
    ],
  ])('%s', async (_what, env, expected) => {
    const { code, out, err } = await runOnboard(['codec'], { env });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const named = err.split('\n').flatMap((line) => /^ {2}ONBOARDING_([A-Z_]+) /.exec(line)?.[1]);
    expect(named.filter((name) => name !== undefined)).toEqual(expected);
    expect(err).not.toContain('unwanted');
  });

  test('--local without keys', async () => {
    const { code, err } = await runOnboard(['codec', '--local']);
    expect(code).toBe(2);
    expect(err).toContain('ONBOARDING_ENCRYPTION_KEYS');
    expect(err).not.toContain('JWKS');
  });

  test('on a port that is taken', async () => {
    const { port } = taken.address() as AddressInfo;
    const { code, err } = await runOnboard(['codec', '--local'], {
      env: { ...withProvider(), ONBOARDING_CODEC_PORT: String(port) },
    });
    expect(code).toBe(2);
    expect(err).toContain('ONBOARDING_CODEC_PORT');
    expect(err).not.toContain('    at ');
  });
});

test('with an identity provider it decodes for its tokens, and ends at SIGTERM', async () => {
  const { running, endpoint, origins } = await started([], withProvider());
  expect(origins).toEqual([UI]);
  const body = bodyOf(await encrypted('plain text'));
  const headers = { authorization: `Bearer ${await provider.token()}`, origin: UI };
  const { text } = await callCodec(`${endpoint}/decode`, { body, headers });
  expect(valuesIn(text)).toEqual(['plain text']);
  expect((await callCodec(`${endpoint}/decode`, { body })).status).toBe(401);
  running.child.kill('SIGTERM');
  expect(await running.end).toMatchObject({ code: 0 });
  expect(running.err()).not.toContain('plain text');
});

test('--local decodes for callers that know the path, which is new each time and in no log', async () => {
  const { endpoint, running, origins } = await started(['--local'], withProvider());
  expect(origins).toEqual([UI]);
  const { endpoint: other } = await started(['--local'], {
    ...withProvider(),
    ONBOARDING_CODEC_UI_ORIGIN: '',
  });
  const [secret, another] = [endpoint, other].map((url) => new URL(url).pathname.slice(1));
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(another).not.toBe(secret);
  const body = bodyOf(await encrypted('plain text'));
  expect(valuesIn((await callCodec(`${endpoint}/decode`, { body })).text)).toEqual(['plain text']);
  const headers = { origin: 'http://localhost:8233' };
  expect((await callCodec(`${other}/decode`, { body, headers })).status).toBe(200);
  expect(running.err()).toContain('"route":"/:secret/decode"');
  expect(running.err()).not.toContain(secret);
});
