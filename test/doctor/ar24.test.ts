import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { freePort } from '../../devserver/index.ts';
import { startSimulator, type SimulatorOptions } from '../../simulator/index.ts';
import { useDoctor, WRONG, type Examined } from './fixture.ts';

const doctor = useDoctor();
const MINUTE_MS = 60_000;

/** Runs doctor with these changes; Temporal is unreachable, so that its slow checks are skipped. */
async function examine(changes: Readonly<Record<string, string>>): Promise<Examined> {
  return doctor.examine({ ...doctor.environment('elsewhere'), ...changes });
}

async function examineSimulator(
  options: SimulatorOptions,
  changes: Readonly<Record<string, string>> = {},
): Promise<Examined> {
  const { token, privateKey } = doctor.simulator;
  const simulator = await startSimulator({ port: 0, token, privateKey, ...options });
  try {
    return await examine({ AR24_BASE_URL: simulator.apiUrl, ...changes });
  } finally {
    await simulator.stop();
  }
}

describe('credentials', () => {
  test('a wrong token', async () => {
    const examined = await examine({ AR24_TOKEN: WRONG });
    expect(examined.code).toBe(7);
    expect(examined.of('ar24')).toMatchObject({ state: 'failed' });
    expect(examined.of('ar24').found).toContain('token_invalid');
    expect(examined.of('clock').state).toBe('ok');
  });

  test('a wrong key that AR24 notices', async () => {
    const { state, todo } = (await examine({ AR24_PRIVATE_KEY: WRONG })).of('ar24');
    expect(state).toBe('failed');
    expect(todo[0]).toContain('AR24_PRIVATE_KEY');
  });

  test('an answer that cannot be decrypted', async () => {
    const faults = { malformed: { shape: 'truncated-base64' } } as const;
    const { state, found, todo } = (await examineSimulator({ faults })).of('ar24');
    expect(state).toBe('failed');
    expect(found).toContain('undecryptable');
    expect(todo[0]).toContain('AR24_PRIVATE_KEY');
  });
});

describe('the clock', () => {
  test.each([
    ['behind', 60 * MINUTE_MS, 'in the past'],
    ['ahead', -60 * MINUTE_MS, 'in the future'],
  ])('an hour %s AR24’s', async (_how, aheadMs, message) => {
    const now = () => new Date(Date.now() + aheadMs);
    const examined = await examineSimulator({ now });
    expect(examined.code).toBe(7);
    expect(examined.of('clock')).toMatchObject({ state: 'failed' });
    expect(examined.of('clock').found).toContain(message);
    expect(examined.of('ar24')).toMatchObject({ state: 'skipped' });
  });

  test('within AR24’s window is ok', async () => {
    const now = () => new Date(Date.now() + MINUTE_MS);
    expect((await examineSimulator({ now })).of('clock').state).toBe('ok');
  });

  test('is known by HTTP’s Date header where AR24 refuses the call before it checks the date', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('date', new Date(Date.now() + 20 * MINUTE_MS).toUTCString());
      response.end(JSON.stringify({ status: 'ERROR', slug: 'token_invalid', message: 'no' }));
    });
    const examined = await examine({ AR24_BASE_URL: await listening(server) });
    server.close();
    expect(examined.of('clock')).toMatchObject({ state: 'failed' });
    expect(examined.of('clock').found).toMatch(/is 1(199|200|201) s behind AR24's/);
  });
});

describe('an AR24 that does not serve', () => {
  test('no server listens', async () => {
    const examined = await examine({ AR24_BASE_URL: `http://127.0.0.1:${await freePort()}/api/` });
    expect(examined.of('ar24')).toMatchObject({ state: 'failed' });
    expect(examined.of('clock')).toMatchObject({ state: 'skipped' });
  });

  test('another server listens', async () => {
    const server = createServer((_request, response) => {
      response.end('<html>Welcome</html>');
    });
    const examined = await examine({ AR24_BASE_URL: await listening(server) });
    server.close();
    expect(examined.of('ar24')).toMatchObject({ state: 'failed' });
    expect(examined.of('ar24').todo[0]).toContain('AR24_BASE_URL');
  });

  test('maintenance is a warning only', async () => {
    const examined = await examineSimulator({ faults: { maintenance: {} } });
    expect(examined.of('ar24')).toMatchObject({ state: 'warning' });
  });

  test('a missing answer ends the check in time', async () => {
    const examined = await examineSimulator({ faults: { hang: {} } }, { AR24_TIMEOUT_MS: '1000' });
    expect(examined.of('ar24')).toMatchObject({ state: 'failed' });
    expect(examined.of('ar24').found).toContain('GET /user/list');
  });
});

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/api/`;
}
