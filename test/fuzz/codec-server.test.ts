/** What Temporal's UI and CLI, or somebody in their place, have decoded: payloads come back, or one refusal. */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encrypted, startCodec, type CodecUnderTest } from '../codec-server/server.ts';
import { asJson, CANARY, hostileText, mutated, runs } from './hostile.ts';

let codec: CodecUnderTest;
let payloads: readonly object[];

beforeAll(async () => {
  codec = await startCodec();
  const plain = { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'ImEi' };
  payloads = [await encrypted({ what: 'terms' }), plain, plain];
});

const post = (route: string, body: string) =>
  fetch(`${codec.endpoint}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

test('any body is answered by as many payloads, or refused in the same words, and never a bug', async () => {
  const statuses = new Map<number, number>();
  const body = fc.oneof(
    { weight: 5, arbitrary: asJson(mutated({ payloads })) },
    { weight: 1, arbitrary: hostileText },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('decode', 'encode'), body, async (route, json) => {
      const answer = await post(route, json);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const told = await answer.text();
      if (answer.status === 200) expectAsMany(told, json);
      else expectRefusal(answer.status, told);
    }),
    runs(500),
  );
  expect(codec.logged()).not.toContain(CANARY);
  // Or the bodies above have become too dull to prove anything.
  expect(statuses.get(200)).toBeGreaterThan(100);
  expect(statuses.get(400)).toBeGreaterThan(100);
});

interface Payloads {
  readonly payloads?: readonly unknown[] | null;
}

function expectAsMany(told: string, asked: string): void {
  const { payloads: sent } = JSON.parse(asked) as Payloads;
  const { payloads: got } = JSON.parse(told) as Payloads;
  expect(got).toHaveLength(sent?.length ?? 0);
}

function expectRefusal(status: number, told: string): void {
  expect([400, 413]).toContain(status);
  expect(told).not.toContain(CANARY);
  expect(told.length).toBeLessThan(300);
}

test('what it has encrypted, it decodes to the same', async () => {
  const base64 = fc
    .uint8Array({ maxLength: 200 })
    .map((some) => Buffer.from(some).toString('base64'));
  const one = fc.record({
    metadata: fc.dictionary(fc.string(), base64, { maxKeys: 4, noNullPrototype: true }),
    data: base64,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(one, { maxLength: 3 }), async (sent) => {
      const locked = await (await post('encode', JSON.stringify({ payloads: sent }))).text();
      const { payloads: read } = (await (await post('decode', locked)).json()) as {
        readonly payloads: readonly { readonly metadata: object }[];
      };
      const noted = read.map(({ metadata, ...rest }) => {
        const { 'encryption-key-id': _, ...others } = metadata as Record<string, unknown>;
        return { ...rest, metadata: others };
      });
      expect(noted).toEqual(sent);
    }),
    runs(200),
  );
});
