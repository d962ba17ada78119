/** A server before AR24, which notes the headers of each request and hands it on. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Ar24Before {
  /** In place of AR24_BASE_URL. */
  readonly url: string;
  readonly headers: readonly IncomingHttpHeaders[];
  stop(): void;
}

export async function startAr24Before(apiUrl: string): Promise<Ar24Before> {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    void (async () => {
      const { method = 'GET', url = '/' } = request;
      // Those of this connection are for fetch to set.
      const own = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive'];
      const handedOn = Object.entries(request.headers).filter(([name]) => !own.includes(name));
      const answer = await fetch(new URL(url, apiUrl), {
        method,
        headers: Object.fromEntries(handedOn.map(([name, value]) => [name, String(value)])),
        ...(method === 'POST' && { body: await buffer(request) }),
      });
      const answerType = answer.headers.get('content-type') ?? 'text/plain';
      response.writeHead(answer.status, { 'content-type': answerType });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })().catch(() => response.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(apiUrl).pathname}`,
    headers,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
