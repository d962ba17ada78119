/** A connection between two processes that can be cut. Data sent meanwhile arrives later, as after retransmission. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

export interface Wire {
  /** `127.0.0.1:PORT`: connections to this address are forwarded to the target. */
  readonly address: string;
  /** Stops all data in both directions, without closing connections. */
  cut(): void;
  /** Closes all connections, and each new one, as a proxy does whose target is down. */
  refuse(): void;
  mend(): void;
  close(): void;
}

/** @param target `HOST:PORT` */
export async function layWire(target: string): Promise<Wire> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  const waiting = new Set<Socket>();
  let isCut = false;
  let isRefusing = false;

  const join = (caller: Socket): void => {
    const other = connect(Number(port), host);
    for (const [from, to] of [
      [caller, other],
      [other, caller],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    caller.resume();
  };

  const server = createServer({ pauseOnConnect: true }, (caller) => {
    if (isRefusing) caller.destroy();
    else if (isCut) waiting.add(caller.on('error', () => waiting.delete(caller)));
    else join(caller);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ours } = server.address() as AddressInfo;

  return {
    address: `127.0.0.1:${ours}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    refuse() {
      isRefusing = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isRefusing = false;
      isCut = false;
      for (const socket of sockets) socket.resume();
      for (const caller of waiting) join(caller);
      waiting.clear();
    },
    close() {
      server.close();
      for (const socket of [...sockets, ...waiting]) socket.destroy();
    },
  };
}
