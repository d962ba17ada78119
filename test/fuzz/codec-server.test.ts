/**
 * What Temporal's UI and CLI, or an attacker, send for decoding: the answer is payloads or a
 * refusal.
 */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encrypted, startCodec, type CodecUnderTest } from '../codec-server/server.ts';
import { inProportion } from '../support/draws.ts';
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

test('any body is answered with as many payloads or with the one refusal, and never with a bug', async () => {
  const statuses = new Map<number, number>();
  const body = fc.oneof(
    { weight: 5, arbitrary: asJson(mutated({ payloads })) },
    { weight: 1, arbitrary: hostileText },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('decode', 'encode'), body, async (route, json) => {
      const answer = await post(route, json);
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const text = await answer.text();
      if (answer.status === 200) expectAsMany(text, json);
      else expectRefusal(answer.status, text);
    }),
    runs(500),
  );
  expect(codec.logged()).not.toContain(CANARY);
  // Otherwise the generated bodies are too uniform to prove anything.
  expect(statuses.get(200)).toBeGreaterThan(inProportion(75, 500));
  expect(statuses.get(400)).toBeGreaterThan(inProportion(75, 500));
});

interface Payloads {
  readonly payloads?: readonly unknown[] | null;
}

function expectAsMany(text: string, body: string): void {
  const { payloads: sent } = JSON.parse(body) as Payloads;
  const { payloads: got } = JSON.parse(text) as Payloads;
  expect(got).toHaveLength(sent?.length ?? 0);
}

function expectRefusal(status: number, text: string): void {
  expect([400, 413]).toContain(status);
  expect(text).not.toContain(CANARY);
  expect(text.length).toBeLessThan(300);
}

test('what it has encrypted, it decrypts to the same value', async () => {
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
      expect(await (await post('decode', locked)).json()).toEqual({ payloads: sent });
    }),
    runs(200),
  );
});
