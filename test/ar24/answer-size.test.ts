import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { failureOf, ID } from './calls.ts';
import { ar24, clientOf, success } from './server.ts';
import { HEAD, tcp } from './tcp-server.ts';

describe('an answer larger than allowed', () => {
  const limit = { maxAnswerBytes: 10_000 };

  it('is refused, and one of exactly the limit is not', async () => {
    const padded = (bytes: number) => JSON.stringify({ status: 'SUCCESS' }).padEnd(bytes, ' ');
    const { client } = await ar24((_, reply) => reply.send(padded(10_000)), limit);
    expect(await failureOf(client.requestTerms(ID))).toBeUndefined();
    const { client: other } = await ar24((_, reply) => reply.send(padded(10_001)), limit);
    expect(await failureOf(other.requestTerms(ID))).toMatchObject({
      kind: 'contract',
      reason: 'too-large',
    });
  });

  it('is not read to its end, since it may be endless', async () => {
    let sent = 0;
    const at = await tcp((socket) => {
      socket.write(`${HEAD}Transfer-Encoding: chunked\r\n\r\n`);
      const chunk = Buffer.from(`1000\r\n${'A'.repeat(0x1000)}\r\n`);
      const pour = (): void => {
        if (socket.destroyed) return;
        sent += chunk.length;
        socket.write(chunk, pour);
      };
      pour();
    });
    const failure = await failureOf(clientOf(`http://${at}/`, limit).requestTerms(ID));
    expect(failure).toMatchObject({ kind: 'contract', reason: 'too-large' });
    // The sockets' buffers hold less than this.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it('counts unpacked, so that a small one cannot unfold into the whole memory', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 'A'));
    const { client } = await ar24(
      (_, reply) => reply.header('content-encoding', 'gzip').send(bomb),
      limit,
    );
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'contract',
      reason: 'too-large',
    });
  });

  it('of a failing server counts as a failure of the server', async () => {
    const { client } = await ar24((_, reply) => reply.code(502).send('x'.repeat(20_000)), limit);
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'network',
      status: 502,
    });
  });
});

it('a compressed answer is read', async () => {
  const { client } = await ar24((seen, reply) =>
    reply.header('content-encoding', 'gzip').send(gzipSync(success(seen, { id: 7 }))),
  );
  await expect(client.readUser({ id: '7' })).resolves.toMatchObject({ id: '7' });
});
