/** Bare TCP servers, for behaviour that no HTTP server has. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach } from '@jest/globals';

export const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Calls `onRequest` after the first bytes arrived. The server is closed after the test. Returns host and port. */
export async function tcp(onRequest: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      onRequest(socket);
    });
  });
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listening(server);
}

/** Listens on a free port until the test ends. */
export async function listening(server: Server): Promise<string> {
  closers.push(() => server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `127.0.0.1:${address.port}`;
}
