/**
 * Payloads altered in Temporal: never a plain text other than the encrypted one, never an error
 * other than a missing key.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload, SerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import {
  createEncryptionKey,
  EncryptionCodec,
  KEY_ID,
  parseEncryptionKeys,
  UNREADABLE_ENCODING,
  UnknownKeyError,
} from '../../codec/index.ts';
import { inProportion } from '../support/draws.ts';
import { altered, CANARY, hostileText, runs } from './hostile.ts';
import { expectSafeError, rejectionOf, thrownBy } from './safe-error.ts';

const WRITTEN = [createEncryptionKey('new'), createEncryptionKey('old')];
const codec = new EncryptionCodec(parseEncryptionKeys(WRITTEN.join(',')));
const stranger = new EncryptionCodec(parseEncryptionKeys(createEncryptionKey('new')));

const context = (workflowId: string): SerializationContext => ({
  type: 'workflow',
  namespace: 'default',
  workflowId,
});
const HERE = context('sender-onboarding/customer-42');
const THERE = context('sender-onboarding/customer-43');

const bytes = fc.uint8Array({ maxLength: 300 });
const metadataName = fc.oneof(
  fc.constantFrom('encoding', 'messageType', KEY_ID, 'encryption-workflow-id', 'constructor', 'a'),
  fc.string({ unit: 'grapheme' }),
);
const metadata = fc
  .array(fc.tuple(metadataName, fc.oneof(bytes, fc.constant(Buffer.from('json/plain')))), {
    maxLength: 4,
  })
  .map((entries) => Object.fromEntries(entries) as Record<string, Uint8Array>);
const payload: fc.Arbitrary<Payload> = fc.record({ metadata, data: bytes }, { requiredKeys: [] });

/** As plain bytes, so that a Buffer and a Uint8Array are equal. */
function plain({ metadata: entries, data }: Payload): unknown {
  const texts = Object.entries(entries ?? {}).map(([name, value]) => [name, hex(value)]);
  return { metadata: Object.fromEntries(texts) as unknown, data: hex(data) };
}

const hex = (value: Uint8Array | null | undefined) => Buffer.from(value ?? []).toString('hex');

test('any payloads decrypt to what they were, in the right context', async () => {
  const where = fc.constantFrom(undefined, HERE);
  await fc.assert(
    fc.asyncProperty(
      fc.array(payload, { maxLength: 4 }),
      where,
      where,
      async (all, written, read) => {
        const encrypted = await codec.encode(all, written);
        const decrypted = await codec.decode(encrypted, read);
        expect(decrypted.map(plain)).toEqual(all.map(plain));
      },
    ),
    runs(500),
  );
});

test('an encrypted payload shows nothing of its plain text, and two of the same text differ', async () => {
  const secret = fc.uint8Array({ minLength: 8, maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(secret, async (data) => {
      const [one, other] = await codec.encode([{ data }, { data }], HERE);
      for (const shown of [one, other].map((it) => hex(it?.data))) {
        expect(shown).not.toContain(hex(data));
      }
      expect(hex(one?.data)).not.toBe(hex(other?.data));
    }),
    runs(500),
  );
});

test('plain payloads pass unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(payload, async (one) => {
      fc.pre(hex(one.metadata?.['encoding']) !== hex(Buffer.from('binary/encrypted')));
      const [read = {}] = await codec.decode([one], HERE);
      expect(plain(read)).toEqual(plain(one));
    }),
    runs(500),
  );
});

describe('an encrypted payload', () => {
  const ORIGINAL = {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(`"${CANARY}"`),
  };
  let encrypted: Payload;

  beforeAll(async () => {
    [encrypted = {}] = await codec.encode([ORIGINAL], HERE);
  });

  async function end(one: Payload, where?: SerializationContext): Promise<string> {
    let decoded: Payload = {};
    const failure = await rejectionOf(
      codec.decode([one], where).then(([first = {}]) => (decoded = first)),
    );
    if (failure !== undefined) {
      expectSafeError(failure, { kind: UnknownKeyError, secrets: [CANARY, ...WRITTEN], most: 300 });
      return 'unknown key';
    }
    const encoding = Buffer.from(decoded.metadata?.['encoding'] ?? []).toString();
    if (encoding === UNREADABLE_ENCODING) {
      expect(decoded.data ?? []).toHaveLength(0);
      return 'unreadable';
    }
    return hex(decoded.data) === hex(ORIGINAL.data) ? 'read' : 'something else';
  }

  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 3,
  });

  test('with any byte of its data altered, removed or added is unreadable', async () => {
    const original = () => Buffer.from(encrypted.data ?? []);
    const data = fc.oneof(
      flips.map((all) => {
        const damaged = original();
        for (const [at, by] of all)
          damaged[at % damaged.length] = (damaged[at % damaged.length] ?? 0) ^ by;
        return damaged;
      }),
      fc.nat(200).map((length) => original().subarray(0, length % original().length)),
      fc
        .uint8Array({ minLength: 1, maxLength: 40 })
        .map((more) => Buffer.concat([original(), more])),
      fc
        .uint8Array({ minLength: 1, maxLength: 40 })
        .map((more) => Buffer.concat([more, original()])),
      fc.uint8Array({ maxLength: 400 }).map((made) => Buffer.from(made)),
    );
    await fc.assert(
      fc.asyncProperty(data, async (altered) => {
        fc.pre(!altered.equals(original()));
        expect(await end({ ...encrypted, data: altered }, HERE)).toBe('unreadable');
        expect(await end({ ...encrypted, data: altered })).toBe('unreadable');
      }),
      runs(1_000),
    );
  });

  test('with any altered metadata is unreadable, or waits for its key', async () => {
    const names = () => Object.keys(encrypted.metadata ?? {}).filter((name) => name !== 'encoding');
    const value = fc.oneof(
      hostileText.map((text) => Buffer.from(text)),
      bytes.map((some) => Buffer.from(some)),
      fc.constantFrom(...codec.keyIds, stranger.keyId).map((id) => Buffer.from(id)),
    );
    const ends = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names()), fc.option(value), async (name, other) => {
        const original = encrypted.metadata?.[name];
        fc.pre(hex(other) !== hex(original));
        const entries = { ...encrypted.metadata, [name]: other ?? Buffer.alloc(0) };
        for (const where of [HERE, THERE, undefined]) {
          ends.add(await end({ ...encrypted, metadata: entries }, where));
        }
      }),
      runs(500),
    );
    expect([...ends].toSorted()).toEqual(['unknown key', 'unreadable']);
  });

  test('decrypts in its own workflow, and in no other', async () => {
    expect(await end(encrypted, HERE)).toBe('read');
    expect(await end(encrypted)).toBe('read');
    expect(await end(encrypted, THERE)).toBe('unreadable');
    await expect(stranger.decode([encrypted], HERE)).rejects.toThrow(UnknownKeyError);
  });
});

test('keys are parsed, or refused without any part of the text', () => {
  const written = WRITTEN.join('\n# an older one\n');
  const outcomes = { read: 0, refused: 0 };
  const anyText = fc.oneof(
    altered(written),
    hostileText,
    hostileText.map((text) => written + text),
    hostileText.map((text) => `${written}\n# ${text.replaceAll('\n', ' ')}`),
  );
  fc.assert(
    fc.property(anyText, (text) => {
      const failure = thrownBy(() => parseEncryptionKeys(text));
      outcomes[failure === undefined ? 'read' : 'refused'] += 1;
      if (failure === undefined) return;
      expectSafeError(failure, { kind: TypeError, secrets: WRITTEN, most: 200 });
    }),
    runs(1_000),
  );
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(inProportion(100, 1_000));
});
