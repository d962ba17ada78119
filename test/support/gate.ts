/** A connection to Temporal that can be closed, as when Temporal becomes unavailable. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Gate {
  readonly address: string;
  /** Closes the open connections, and accepts no new ones. */
  close(): void;
  open(): void;
  stop(): Promise<void>;
}

export async function gateTo(address: string): Promise<Gate> {
  const [host = '', port = ''] = address.split(':');
  const sockets = new Set<Socket>();
  let isOpen = true;
  const server = createServer((from) => {
    if (!isOpen) {
      from.destroy();
      return;
    }
    const to = connect(Number(port), host);
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = server.address();
  const close = (): void => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  return {
    close,
    address: `127.0.0.1:${typeof own === 'object' ? (own?.port ?? '') : ''}`,
    open() {
      isOpen = true;
    },
    async stop() {
      close();
      server.close();
      await once(server, 'close');
    },
  };
}
