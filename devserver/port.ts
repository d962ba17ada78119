import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** Another program uses the port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;

  constructor(port: number, what: string, option: string) {
    super(
      `Port ${port}, meant for ${what}, is taken by another program. ` +
        `Stop that program, or choose another port with ${option}.`,
    );
    this.port = port;
  }
}

/**
 * Checks that a port is free, before anything is started.
 *
 * @param what The server that will use the port, for example "Temporal".
 * @param option The option that chooses another port.
 * @param host The address of this machine that the server will listen on.
 * @throws PortTakenError when another program listens there; the system's error, with its code, when
 *   listening is not permitted, or this machine does not have the address.
 */
export async function assertPortFree(
  port: number,
  what: string,
  option: string,
  host = LOOPBACK,
): Promise<void> {
  if ((await listenFor(port, host)) === 'taken') throw new PortTakenError(port, what, option);
}

/** A port of 127.0.0.1 on which no program listens at the moment. */
export async function freePort(): Promise<number> {
  const port = await listenFor(0, LOOPBACK);
  if (port === 'taken') throw new Error('The system has no free port left.');
  return port;
}

/** Listens briefly: a port can be bound or it is taken. */
function listenFor(port: number, host: string): Promise<number | 'taken'> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  });
}
