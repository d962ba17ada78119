import { createServer } from 'node:net';

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
 * Makes sure, before anything is started, that a port of 127.0.0.1 can be had.
 *
 * @param what Who wants it, for example "Temporal".
 * @param option What a person sets to choose another.
 * @throws PortTakenError when another program listens there.
 */
export async function assertPortFree(port: number, what: string, option: string): Promise<void> {
  if ((await listenFor(port)) === 'taken') throw new PortTakenError(port, what, option);
}

/** A port of 127.0.0.1 that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await listenFor(0);
  if (port === 'taken') throw new Error('The system has no free port left.');
  return port;
}

/** Listens for a moment. */
function listenFor(port: number): Promise<number | 'taken'> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve('taken');
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  });
}
