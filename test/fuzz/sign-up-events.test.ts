/**
 * Sign-up events: what a source sends, the configuration by which it is read, and its signature.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { readEvent, type EventAction } from '../../gateway/events/read-event.ts';
import {
  parseSecret,
  standardWebhooks,
} from '../../gateway/events/signatures/standard-webhooks.ts';
import { parseEventSources, type EventSource } from '../../gateway/events/sources.ts';
import {
  aSecret,
  exampleFile,
  exampleSources,
  fixture,
  SECRETS,
  secretsIn,
  signedHeaders,
} from '../gateway/events/events.ts';
import { inProportion } from '../support/draws.ts';
import { altered, asJson, CANARY, hostileText, hostileValue, mutated, runs } from './hostile.ts';
import { expectSafeError, thrownBy } from './safe-error.ts';

interface Example {
  readonly sources: readonly { readonly name: string; readonly fields: object }[];
}

let example: Example;
let sources: readonly EventSource[];

beforeAll(async () => {
  example = JSON.parse(await exampleFile()) as Example;
  sources = await exampleSources();
});

/** A source, and an event of each of its types, as published or altered. */
async function anyEvent(): Promise<fc.Arbitrary<{ source: EventSource; event: unknown }>> {
  const published = await Promise.all(
    [
      fixture('clerk-user-created'),
      fixture('supabase-before-user-created'),
      fixture('customer-registered'),
    ].map(async (text) => JSON.parse(await text) as Record<string, unknown>),
  );
  return fc.oneof(
    ...sources.map((source) =>
      fc
        .tuple(
          fc.constantFrom(...source.effects.keys()),
          fc.oneof(...published.map((event) => mutated(event)), hostileValue),
        )
        .map(([type, event]) => {
          const isObject = typeof event === 'object' && event !== null && !Array.isArray(event);
          return { source, event: isObject ? { ...event, type, metadata: { name: type } } : event };
        }),
    ),
  );
}

function expectDeed(deed: EventAction): void {
  switch (deed.kind) {
    case 'none':
      return;
    case 'unusable':
      expect(deed.faults.length).toBeGreaterThan(0);
      expect(JSON.stringify(deed)).not.toContain(CANARY);
      expect(JSON.stringify(deed).length).toBeLessThan(2_000);
      return;
    case 'start':
      expect(deed.request).toMatchObject({
        reference: expect.any(String),
        email: expect.any(String),
        emailVerified: expect.any(Boolean),
      });
      expect(deed.request.language ?? 'fr').toMatch(/^(fr|en)$/);
      return;
    case 'without-address':
      return;
    case 'correct':
      expect(deed.report).toMatchObject({
        reference: expect.any(String),
        email: expect.stringMatching(/./s),
        emailVerified: expect.any(Boolean),
        asOf: expect.any(Date),
      });
      return;
    default:
      expect(typeof deed.reference).toBe('string');
  }
}

test('any event is an action or names the missing field, without a value', async () => {
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(await anyEvent(), ({ source, event }) => {
      const deed = readEvent(source, event);
      kinds.set(deed.kind, (kinds.get(deed.kind) ?? 0) + 1);
      expectDeed(deed);
    }),
    runs(800),
  );
  // Otherwise the generated events are too uniform to prove anything.
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['start', 'unusable', 'cancel']));
  expect(kinds.get('start')).toBeGreaterThan(inProportion(40, 800));
});

const step = fc.constantFrom(
  ...['.a', '.data', '..id', '..*', '.*', '[*]', '[0]', '[-1]', '[1:3]', '[::-1]', "['a','b']"],
  ...['[?@.id]', '[?@.a==1]', '[?@.id==$.data.id]', '[?length(@.a)>1]', '[?count(@..*)>2]'],
  ...["[?match(@.a,'a+')]", '[?!@.a&&(@.b||@.c)]', '[', ']', '.', '..', "['", '[?', '(', '@', '$'],
);
const path = fc.oneof(
  fc.array(step, { maxLength: 6 }).map((steps) => `$${steps.join('')}`),
  fc.array(step, { maxLength: 40 }).map((steps) => `$${steps.join('')}`),
  hostileText,
);

function withPath(written: string): string {
  const [first, ...others] = example.sources;
  const fields = { ...first?.fields, reference: written };
  return JSON.stringify({ sources: [{ ...first, fields }, ...others] });
}

test('a path compiles or is refused at the start, and reads any event without an error', async () => {
  let compiled = 0;
  fc.assert(
    fc.property(path, await anyEvent(), (written, { event }) => {
      let read: readonly EventSource[] = [];
      const failure = thrownBy(() => (read = parseEventSources(withPath(written), secretsIn)));
      if (failure !== undefined) {
        expectSafeError(failure, { kind: TypeError, secrets: [CANARY], most: 300 });
        return;
      }
      compiled += 1;
      const [source] = read;
      if (source === undefined) throw new Error('no source');
      for (const type of source.effects.keys()) {
        const deed = readEvent(source, Object.assign(Object(event), { type }));
        expect(typeof deed.kind).toBe('string');
      }
    }),
    runs(750),
  );
  expect(compiled).toBeGreaterThan(50);
});

test('a file of sources is accepted, or refused with its faults and without a secret in any place', () => {
  const secret = aSecret();
  const secrets = [CANARY, secret, ...Object.values(SECRETS)];
  const withSecret = {
    sources: example.sources.map((source) => ({ ...source, secrets: [secret] })),
  };
  const misplaced = fc.nat(60).map((place) => {
    let at = 0;
    const put = (node: unknown): unknown => {
      if (at++ === place) return secret;
      if (Array.isArray(node)) return node.map(put);
      if (typeof node !== 'object' || node === null) return node;
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, put(value)]));
    };
    return JSON.stringify(put(withSecret));
  });
  const file = fc.oneof(
    asJson(mutated(withSecret)),
    misplaced,
    altered(JSON.stringify(withSecret)),
  );
  let refused = 0;
  fc.assert(
    fc.property(file, (json) => {
      const failure = thrownBy(() => parseEventSources(json, secretsIn));
      if (failure === undefined) return;
      refused += 1;
      expectSafeError(failure, { kind: TypeError, secrets, most: 2_000 });
    }),
    runs(800),
  );
  expect(refused).toBeGreaterThan(inProportion(300, 800));
});

test('a secret of 24 bytes or more is accepted, and parsed to the same bytes', () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, altered(aSecret())), (written) => {
      expect(parseSecret(written)?.length ?? 24).toBeGreaterThanOrEqual(24);
    }),
    runs(1_000),
  );
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (bytes) => {
      const base64 = Buffer.from(bytes).toString('base64');
      for (const before of ['', 'whsec_', 'v1,whsec_']) {
        expect(parseSecret(before + base64)).toEqual(Buffer.from(bytes));
      }
    }),
  );
});

test('an event is accepted with its own signature only, and not after any change', () => {
  const secret = aSecret();
  const verify = standardWebhooks([parseSecret(secret) ?? randomBytes(24)]);
  // A character to which bytes that are no UTF-8 decode too.
  const body = JSON.stringify({
    type: 'user.created',
    data: { id: 'customer-42', name: '\ufffd' },
  });
  const signed = signedHeaders(body, secret);
  const [timestamp, signature] = ['webhook-timestamp', 'webhook-signature'] as const;
  const BYTES = Buffer.from(body);
  expect(verify(signed, BYTES).authentic).toBe(true);
  const alteration = fc.oneof(
    altered(body).map((text) => ({ bytes: Buffer.from(text), headers: signed })),
    fc.tuple(fc.nat(BYTES.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, by]) => ({
      bytes: BYTES.map((byte, n) => (n === at ? byte ^ by : byte)),
      headers: signed,
    })),
    altered(signed['webhook-id'] ?? '').map((id) => ({
      bytes: BYTES,
      headers: { ...signed, 'webhook-id': id },
    })),
    // It is parsed as a number, so that text after the digits is ignored.
    fc
      .oneof(altered(signed[timestamp] ?? ''), hostileText)
      .filter((value) => Number.parseInt(value) !== Number(signed[timestamp]))
      .map((value) => ({ bytes: BYTES, headers: { ...signed, [timestamp]: value } })),
    // A list of signatures, of which one has to be right.
    fc
      .oneof(altered(signed[signature] ?? ''), hostileText)
      .filter((value) => !value.includes(signed[signature] ?? ''))
      .map((value) => ({ bytes: BYTES, headers: { ...signed, [signature]: value } })),
  );
  fc.assert(
    fc.property(alteration, ({ bytes, headers }) => {
      expect(verify(headers, Buffer.from(bytes)).authentic).toBe(false);
    }),
    runs(1_000),
  );
});
