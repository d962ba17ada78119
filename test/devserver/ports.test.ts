import { afterEach, expect, test } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { assertPortFree, freePort, PortTakenError } from '../../devserver/index.ts';

let other: Server | undefined;

afterEach(() => {
  other?.close();
  other = undefined;
});

async function takeByAnother(host: string): Promise<number> {
  const port = await freePort();
  const server = createServer();
  other = server;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return port;
}

test('a port is checked at the address on which the server will listen', async () => {
  const nobodys = '203.0.113.1';
  await expect(assertPortFree(0, 'the simulator', '--port', nobodys)).rejects.toMatchObject({
    code: 'EADDRNOTAVAIL',
  });
});

test('a free port passes', async () => {
  await expect(assertPortFree(await freePort(), 'Temporal', '--temporal-port')).resolves.toBe(
    undefined,
  );
});

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port on which another program listens at %s is refused, and the error names the option',
  async (host) => {
    const port = await takeByAnother(host);
    const refusal = assertPortFree(port, "Temporal's UI", '--ui-port');
    await expect(refusal).rejects.toThrow(PortTakenError);
    await expect(refusal).rejects.toThrow(
      `Port ${port}, meant for Temporal's UI, is taken by another program. ` +
        'Stop that program, or choose another port with --ui-port.',
    );
  },
);
