import { createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** A port that should be ours is in use by another program. */
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
 * Makes sure, before anything is started, that a port can be had.
 *
 * @param what Who wants it, for example "Temporal".
 * @param option What a person sets to choose another.
 * @param host The address of this machine that it is wanted at.
 * @throws PortTakenError when another program listens there, and the system's error, with its code,
 *   when nobody may, or this machine has no such address.
 */
export async function assertPortFree(
  port: number,
  what: string,
  option: string,
  host = LOOPBACK,
): Promise<void> {
  if ((await listenFor(port, host)) === 'taken') throw new PortTakenError(port, what, option);
}

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await listenFor(0, LOOPBACK);
  if (port === 'taken') throw new Error('The system has no free port left.');
  return port;
}

/** Listens for a moment. */
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
