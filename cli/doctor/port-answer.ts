/** What lies behind a connection that failed: the network, or what is spoken over it. */
import { connect } from 'node:net';

const LIMIT_MS = 3_000;

/** @param address `HOST:PORT` @returns `open`, or the system's word for what went wrong */
export function portAnswer(address: string): Promise<string> {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === '' || Number(port) > 65_535) return Promise.resolve('no HOST:PORT');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: LIMIT_MS });
    const done = (answer: string): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => {
      done('open');
    });
    socket.on('timeout', () => {
      done('ETIMEDOUT');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      done(error.code ?? 'closed');
    });
  });
}
