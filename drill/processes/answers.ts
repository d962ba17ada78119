import { connect } from 'node:net';

const TRY_FOR_MS = 2_000;

/** Whether somebody answers there with HTTP 200. */
export async function answers(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(TRY_FOR_MS) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Whether anybody takes connections at a port of this machine. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(TRY_FOR_MS);
    const told = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on('connect', told(true)).on('error', told(false)).on('timeout', told(false));
  });
}
