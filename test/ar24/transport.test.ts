/** Connections that fail, hang, break or are redirected. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { failureOf, ID } from './calls.ts';
import { ar24, clientOf, success } from './server.ts';
import { HEAD, listening, tcp } from './tcp-server.ts';

describe('a call that was provably not sent', () => {
  it('has `delivered: no` if nothing listens', async () => {
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

  it('has `delivered: no` if the name does not resolve', async () => {
    // Without any resolver, the system needs some time to report that.
    const client = clientOf('http://ar24.invalid/api/', { timeoutMs: 50_000 });
    const failure = await failureOf(client.requestTerms(ID));
    expect(failure).toMatchObject({ kind: 'network', delivered: 'no' });
  });

  it('has `delivered: no` if the TLS handshake fails', async () => {
    const server = createTlsServer({});
    server.on('tlsClientError', () => undefined);
    const failure = await failureOf(
      clientOf(`https://${await listening(server)}/`).requestTerms(ID),
    );
    expect(failure).toMatchObject({ kind: 'network', delivered: 'no' });
  });
});

describe('a connection lost', () => {
  it('before the answer leaves the outcome unknown', async () => {
    const at = await tcp((socket) => socket.resetAndDestroy());
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
    });
  });

  it('in the middle of the answer leaves the outcome unknown', async () => {
    const at = await tcp((socket) => {
      socket.write(`${HEAD}Content-Length: 1000\r\n\r\nWwBOU6s8`, () => socket.destroy());
    });
    expect(await failureOf(clientOf(`http://${at}/`).requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'unknown',
    });
  });

  it('to a server that does not speak HTTP leaves the outcome unknown', async () => {
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
    const client = clientOf(`http://${at}/`, { timeoutMs: 400 });
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'timeout',
      delivered: 'unknown',
    });
  });

  it("ends with the signal's reason if the caller's signal aborts", async () => {
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

it('a signal that has aborted already sends nothing', async () => {
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

it('the time-out covers both tries of a call that is signed again', async () => {
  let calls = 0;
  const { client } = await ar24(
    async () => {
      calls += 1;
      return calls === 1
        ? { status: 'ERROR', slug: 'expired_date' }
        : delay(10_000, '', { ref: false });
    },
    { timeoutMs: 2_500 },
  );
  expect(await failureOf(client.requestTerms(ID))).toMatchObject({ kind: 'timeout' });
  expect(calls).toBe(2);
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
