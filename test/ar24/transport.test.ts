/** Connections that fail, hang, break or wander off. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { failureOf, ID } from './calls.ts';
import { ar24, clientOf, success } from './server.ts';
import { HEAD, listening, tcp } from './tcp-server.ts';

describe('a call that provably never left', () => {
  it('says so when nothing listens', async () => {
    const server = createServer();
    const at = await listening(server);
    server.close();
    await once(server, 'close');
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'no',
      code: 'ECONNREFUSED',
    });
  });

  it('says so when the name does not resolve', async () => {
    // Where there is no resolver at all, the system takes its time to say so.
    const client = clientOf('http://ar24.invalid/api/', { timeoutMs: 50_000 });
    const failure = await failureOf(client.requestTerms(ID));
    expect(failure).toMatchObject({ kind: 'network', delivered: 'no' });
  });

  it('says so when the TLS handshake fails', async () => {
    const server = createTlsServer({});
    server.on('tlsClientError', () => undefined);
    const failure = await failureOf(
      clientOf(`https://${await listening(server)}/`).requestTerms(ID),
    );
    expect(failure).toMatchObject({ kind: 'network', delivered: 'no' });
  });
});

describe('a connection lost', () => {
  it('before the answer leaves open what happened', async () => {
    const at = await tcp((socket) => socket.resetAndDestroy());
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
    });
  });

  it('in the middle of the answer leaves open what happened', async () => {
    const at = await tcp((socket) => {
      socket.write(`${HEAD}Content-Length: 1000\r\n\r\nWwBOU6s8`, () => socket.destroy());
    });
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
    });
  });

  it('to something that does not speak HTTP leaves open what happened', async () => {
    const at = await tcp((socket) => socket.end('220 smtp.example ESMTP\r\n'));
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
    });
  });
});

const slow = {
  'that never answers': () => undefined,
  'that answers headers only': (socket: Socket) => socket.write(`${HEAD}Content-Length: 9\r\n\r\n`),
  'that dribbles headers': (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nX-Slow: '),
  'that stops in the body': (socket: Socket) =>
    socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n4\r\nWwBO\r\n`),
} as const;

describe.each(Object.entries(slow))('a server %s', (_, behaviour) => {
  it('ends in a time-out', async () => {
    const at = await tcp(behaviour);
    const client = clientOf(`http://${at}/`, { timeoutMs: 60 });
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'timeout',
      delivered: 'unknown',
    });
  });

  it("ends, when the caller's signal aborts, in the signal's own reason", async () => {
    const abort = new AbortController();
    const reason = new Error('the activity was cancelled');
    const at = await tcp((socket) => {
      behaviour(socket);
      setImmediate(() => {
        abort.abort(reason);
      });
    });
    const call = clientOf(`http://${at}/`).requestTerms(ID, { signal: abort.signal });
    expect(await failureOf(call)).toBe(reason);
  });
});

it('a signal that has aborted already lets nothing out', async () => {
  const { client, seen } = await ar24((request) => success(request));
  const reason = { not: 'even an error' };
  const call = client.requestTerms(ID, { signal: AbortSignal.abort(reason) });
  expect(await failureOf(call)).toBe(reason);
  expect(seen).toHaveLength(0);
});

it('a signal that aborts after the answer changes nothing', async () => {
  const abort = new AbortController();
  const { client } = await ar24((request) => success(request, { id: 7 }));
  const user = await client.readUser({ id: '7' }, { signal: abort.signal });
  abort.abort();
  expect(user.id).toBe('7');
});

it('the time-out holds for both tries of a call signed anew', async () => {
  let asked = 0;
  const { client } = await ar24(
    async () => {
      asked += 1;
      return asked === 1
        ? { status: 'ERROR', slug: 'expired_date' }
        : delay(10_000, '', { ref: false });
    },
    { timeoutMs: 800 },
  );
  expect(await failureOf(client.requestTerms(ID))).toMatchObject({ kind: 'timeout' });
  expect(asked).toBe(2);
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('%i is not followed', async (status) => {
    const { client, seen, url } = await ar24((_, reply) =>
      reply.redirect(`${url}/elsewhere`, status),
    );
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'contract',
      reason: 'redirected',
      status,
    });
    expect(seen).toHaveLength(1);
  });
});
