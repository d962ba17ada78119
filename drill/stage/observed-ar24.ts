/** A way to AR24 that notes when each account is read. */
import { createServer, request, Agent } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface ObservedAr24 {
  readonly url: string;
  /** When each account was read (ms since the epoch), by the address or the id that AR24 was asked for. */
  readonly reads: ReadonlyMap<string, readonly number[]>;
  close(): void;
}

/** @param target the simulator's address */
export async function observeAr24(target: string): Promise<ObservedAr24> {
  const reads = new Map<string, number[]>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((asked, answer) => {
    const { method = 'GET', headers, url = '/' } = asked;
    const { pathname, searchParams } = new URL(url, target);
    const whom = searchParams.get('email') ?? searchParams.get('id_user');
    if (method === 'GET' && pathname === '/api/user' && whom !== null) {
      reads.set(whom, [...(reads.get(whom) ?? []), Date.now()]);
    }
    const { host } = new URL(target);
    const sent = { method, headers: { ...headers, host }, agent };
    const onward = request(new URL(url, target), sent, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    reads,
    close() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}
