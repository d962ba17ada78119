import { connect } from 'node:net';

const TRY_FOR_MS = 2_000;

/** Whether a server answers with a 2xx status. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TRY_FOR_MS) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Whether a process accepts connections on a port of 127.0.0.1. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(TRY_FOR_MS);
    const end = (listening: boolean) => () => {
      socket.destroy();
      resolve(listening);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
}
