/** Host headers: the simulator refuses foreign names, against DNS rebinding. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { request } from 'node:http';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.ts';

let simulator: Simulator;

afterEach(async () => {
  await simulator.stop();
});

const start = async (options: SimulatorOptions = {}) => {
  simulator = await startSimulator({ port: 0, ...options });
  simulator.createAccount({ email: 'unmistakable@example.org' });
  return new URL(simulator.url).port;
};

function callWithHost(host: string, path: string): Promise<{ status: number; text: string }> {
  const { port } = new URL(simulator.url);
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text });
      });
    });
    call.on('error', reject).end();
  });
}

const PATHS = ['/', '/accounts', '/mailbox.json', '/admin/accounts', '/api/user/list', '/health'];

describe('on loopback', () => {
  test.each(['evil.example', 'evil.example:PORT', '127.0.0.1:1', 'localhost.evil.example:PORT'])(
    'a call by the name %j learns nothing',
    async (name) => {
      const port = await start();
      for (const path of PATHS) {
        const { status, text } = await callWithHost(name.replace('PORT', port), path);
        expect([400, 421]).toContain(status);
        expect(text).not.toContain('unmistakable');
      }
    },
  );

  test('its own names, and that of its public address, are answered', async () => {
    const port = await start({ publicUrl: 'https://ar24.example.org' });
    for (const name of [`127.0.0.1:${port}`, `LOCALHOST:${port}`, 'ar24.example.org']) {
      expect(await callWithHost(name, '/accounts')).toMatchObject({
        status: 200,
        text: expect.stringContaining('unmistakable') as unknown,
      });
    }
  });
});

describe('on other addresses', () => {
  test.each(['simulator:8424', '192.0.2.7:9000', '[2001:db8::1]:8424', 'localhost'])(
    'a call by %s is answered',
    async (name) => {
      await start({ host: '0.0.0.0' });
      expect(await callWithHost(name, '/accounts')).toMatchObject({ status: 200 });
    },
  );

  test('a call by a name with a dot is refused', async () => {
    await start({ host: '0.0.0.0' });
    for (const name of ['evil.example', 'evil.example:8424', '1.2.3.4.evil.example']) {
      const { status, text } = await callWithHost(name, '/mailbox.json');
      expect(status).toBe(421);
      expect(text).toContain('--public-url');
    }
  });
});
