/** A proxy of AR24 that holds calls until they are released, so that a test can act during them. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

export interface HeldAr24 {
  readonly apiUrl: string;
  /** Resolves when a call has arrived, which is then held. */
  readonly called: Promise<void>;
  letGo(): void;
  close(): Promise<void>;
}

export async function heldAr24(
  apiUrl: string,
  held: 'every call' | 'POST' = 'every call',
): Promise<HeldAr24> {
  const called = Promise.withResolvers<undefined>();
  const gate = Promise.withResolvers<undefined>();
  const server = createServer((request, response) => {
    const isHeld = held === 'every call' || request.method === held;
    if (isHeld) called.resolve(undefined);
    void (isHeld ? gate.promise : Promise.resolve())
      .then(() => forward(apiUrl, request))
      .then(({ status, body }) => response.writeHead(status).end(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    called: called.promise,
    letGo: () => {
      gate.resolve(undefined);
    },
    async close() {
      gate.resolve(undefined);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(apiUrl: string, request: IncomingMessage) {
  const { method = 'GET', url = '', headers } = request;
  const type = headers['content-type'];
  const answer = await fetch(new URL(url, apiUrl), {
    method,
    headers: {
      signature: String(headers['signature']),
      ...(type !== undefined && { 'content-type': type }),
    },
    ...(method !== 'GET' && { body: await text(request) }),
  });
  return { status: answer.status, body: await answer.text() };
}
