/** What the codec does with a payload: encrypted, altered, moved or plain. */
import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import {
  defaultPayloadConverter,
  type Payload,
  type WorkflowSerializationContext,
} from '@temporalio/common';
import {
  codecObserver,
  createEncryptionKey,
  EncryptionCodec,
  KEY_ID,
  parseEncryptionKeys,
  PlainCodec,
  UNREADABLE_ENCODING,
  UnknownKeyError,
  type DecryptionFailure,
} from '../../codec/index.ts';

const SECRET = 'zoe.brule@example.org';
const [ONE, TWO] = [createEncryptionKey('one'), createEncryptionKey('two')];
const codecOf = (...written: readonly string[]) =>
  new EncryptionCodec(parseEncryptionKeys(written.join(',')));
const one = codecOf(ONE);

const of = (workflowId: string): WorkflowSerializationContext => ({
  type: 'workflow',
  namespace: 'default',
  workflowId,
});
const plain = (): Payload => defaultPayloadConverter.toPayload({ email: SECRET });

async function encrypted(codec = one, context = of('w-1')): Promise<Payload> {
  const [payload] = await codec.encode([plain()], context);
  if (payload === undefined) throw new Error('nothing was encoded');
  return payload;
}

async function decrypted(payload: Payload, codec = one, context?: WorkflowSerializationContext) {
  const [decoded] = await codec.decode([payload], context);
  if (decoded === undefined) throw new Error('nothing was decoded');
  return decoded;
}

const textOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString();
const encodingOf = ({ metadata }: Payload) => textOf(metadata?.['encoding']);
const valueOf = (payload: Payload) => defaultPayloadConverter.fromPayload<unknown>(payload);

test('an encrypted payload names its key, and decrypts to the value', async () => {
  const payload = await encrypted();
  expect(encodingOf(payload)).toBe('binary/encrypted');
  expect(textOf(payload.data)).not.toContain(SECRET);
  expect(textOf(payload.data)).not.toContain('json');
  expect(textOf(payload.metadata?.[KEY_ID])).toBe(one.keyId);
  expect(valueOf(await decrypted(payload, one, of('w-1')))).toEqual({ email: SECRET });
});

test('the same value is never encrypted to the same bytes', async () => {
  const seen = await Promise.all(Array.from({ length: 100 }, () => encrypted()));
  expect(new Set(seen.map(({ data }) => Buffer.from(data ?? []).toString('hex'))).size).toBe(100);
});

test('an altered byte, wherever it is, makes the payload undecryptable', async () => {
  const { metadata, data } = await encrypted();
  const bytes = Buffer.from(data ?? []);
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    const decoded = await decrypted({ metadata: metadata ?? {}, data: altered });
    expect([at, encodingOf(decoded)]).toEqual([at, UNREADABLE_ENCODING]);
    expect(() => valueOf(decoded)).toThrow('Unknown encoding');
  }
  for (const length of [0, 1, 12, 27, bytes.length - 1]) {
    const cut = await decrypted({ metadata: metadata ?? {}, data: bytes.subarray(0, length) });
    expect([length, encodingOf(cut)]).toEqual([length, UNREADABLE_ENCODING]);
  }
});

test('a payload of another workflow is refused, also if its metadata names this one', async () => {
  const payload = await encrypted();
  expect(encodingOf(await decrypted(payload, one, of('w-2')))).toBe(UNREADABLE_ENCODING);
  const relabelled = {
    ...payload,
    metadata: { ...payload.metadata, 'encryption-workflow-id': Buffer.from('w-2') },
  };
  expect(encodingOf(await decrypted(relabelled, one, of('w-2')))).toBe(UNREADABLE_ENCODING);
  const { 'encryption-workflow-id': _taken, ...unlabelled } = payload.metadata ?? {};
  const without = { ...payload, metadata: unlabelled };
  expect(encodingOf(await decrypted(without, one, of('w-2')))).toBe(UNREADABLE_ENCODING);
});

test('without a workflow in the context, as in a codec server, a payload is decrypted', async () => {
  const payload = await encrypted();
  expect(valueOf(await decrypted(payload))).toEqual({ email: SECRET });
  const [unbound] = await one.encode([plain()]);
  if (unbound === undefined) throw new Error('nothing was encoded');
  expect(valueOf(await decrypted(unbound, one, of('w-2')))).toEqual({ email: SECRET });
});

test('plain payloads pass', async () => {
  expect(await decrypted(plain())).toEqual(plain());
  expect(await decrypted({})).toEqual({});
});

test('one key writes and all keys read; a missing key is an error that is retried', async () => {
  const both = codecOf(TWO, ONE);
  expect(both.keyId).toMatch(/^two-[0-9a-f]{8}$/);
  expect(valueOf(await decrypted(await encrypted(), both))).toEqual({ email: SECRET });
  const missing = one.decode([plain(), await encrypted(both)], of('w-1'));
  await expect(missing).rejects.toThrow(UnknownKeyError);
  await expect(missing).rejects.toThrow(`encrypted with the key ${both.keyId}`);
});

test('other bytes under the same name are another key, and payloads under the first one are retried', async () => {
  const [mine, mistyped] = [createEncryptionKey('prod'), createEncryptionKey('prod')];
  const payload = await encrypted(codecOf(mine));
  await expect(decrypted(payload, codecOf(mistyped))).rejects.toThrow(UnknownKeyError);
});

test('an id that no key of ours has had is no error that is retried', async () => {
  for (const keyId of ['', 'a\nb', 'x'.repeat(100), '../key']) {
    const { data, metadata } = await encrypted();
    const odd = { metadata: { ...metadata, [KEY_ID]: Buffer.from(keyId) }, data: data ?? null };
    expect(encodingOf(await decrypted(odd))).toBe(UNREADABLE_ENCODING);
  }
});

test('each failure is counted, and the first of each missing key and each workflow is logged without data', async () => {
  const counted: string[] = [];
  const logged: object[] = [];
  const observer = codecObserver((name) => counted.push(name), {
    warn: (details) => logged.push(details),
  });
  const codec = new EncryptionCodec(parseEncryptionKeys(ONE), observer);
  const foreign = codecOf(TWO);
  for (const workflowId of ['w-1', 'w-2']) {
    const payload = await encrypted(foreign, of(workflowId));
    await expect(decrypted(payload, codec, of(workflowId))).rejects.toThrow(UnknownKeyError);
    const moved = await encrypted();
    await codec.decode([moved, moved], of(`not-${workflowId}`));
  }
  const invented = await encrypted(one, of(SECRET));
  invented.data = new Uint8Array(40);
  await decrypted(invented, codec);
  const failures = counted.filter((name) => name === 'onboarding_codec_failures_total');
  expect(failures).toHaveLength(7);
  expect(logged).toEqual([
    { why: 'unknown-key', keyId: foreign.keyId, workflowId: 'w-1' },
    { why: 'altered', keyId: one.keyId, workflowId: 'not-w-1' },
    { why: 'altered', keyId: one.keyId, workflowId: 'not-w-2' },
    { why: 'altered', keyId: one.keyId, workflowId: undefined },
  ]);
});

test('a process without keys lets plain payloads pass, and counts encrypted ones as failures', async () => {
  const failures: DecryptionFailure[] = [];
  const observer = {
    failed: (failure: DecryptionFailure) => failures.push(failure),
    encrypted: () => undefined,
  };
  const codec = new PlainCodec(observer);
  expect(await codec.encode([plain()])).toEqual([plain()]);
  expect(await codec.decode([plain(), {}])).toEqual([plain(), {}]);
  const payload = await encrypted();
  await expect(codec.decode([plain(), payload], of('w-1'))).rejects.toThrow(UnknownKeyError);
  const odd = { metadata: { ...payload.metadata, [KEY_ID]: Buffer.from('a\nb') } };
  const [unreadable = {}] = await codec.decode([odd], of('w-1'));
  expect(encodingOf(unreadable)).toBe(UNREADABLE_ENCODING);
  expect(failures).toEqual([
    { why: 'unknown-key', keyId: one.keyId, workflowId: 'w-1' },
    { why: 'altered', keyId: undefined, workflowId: 'w-1' },
  ]);
});

test('invented keys do not fill the log', async () => {
  const logged: object[] = [];
  const observer = codecObserver(() => undefined, { warn: (details) => logged.push(details) });
  const codec = new EncryptionCodec(parseEncryptionKeys(ONE), observer);
  const payload = await encrypted();
  for (let n = 0; n < 300; n++) {
    const metadata = { ...payload.metadata, [KEY_ID]: Buffer.from(`key-${n}`) };
    await expect(decrypted({ ...payload, metadata }, codec)).rejects.toThrow(UnknownKeyError);
  }
  expect(logged).toHaveLength(100);
});

test('an empty list of payloads, and a large one, are encrypted like any other', async () => {
  expect(await one.encode([])).toEqual([]);
  const large = { metadata: { encoding: Buffer.from('binary/plain') }, data: randomBytes(1 << 20) };
  const [payload] = await one.encode([large]);
  if (payload === undefined) throw new Error('nothing was encoded');
  expect((payload.data?.length ?? 0) - large.data.length).toBeLessThan(100);
  expect(large.data.equals((await decrypted(payload)).data ?? new Uint8Array())).toBe(true);
});

test.each([
  ['nothing', ' , \n# only a comment\n'],
  ['no name', randomBytes(32).toString('base64')],
  ['a short key', `short:${randomBytes(16).toString('base64')}`],
  ['a name with a slash', `a/b:${randomBytes(32).toString('base64')}`],
  ['the same key twice', `${ONE},${ONE}`],
  ['too many', Array.from({ length: 21 }, (_, n) => createEncryptionKey(`k${n}`)).join()],
])('a list of keys with %s is refused, and not printed', (_what, written) => {
  const parsing = () => parseEncryptionKeys(written);
  expect(parsing).toThrow(TypeError);
  const secrets = [...written.matchAll(/[A-Za-z0-9+/]{20,}/g)].map(([secret]) => secret);
  for (const secret of secrets) expect(parsing).not.toThrow(secret);
});

test('keys may be on one line or on several, with comments', () => {
  const ids = (written: string) => parseEncryptionKeys(written).map(({ id }) => id);
  expect(ids(`# in use\n${TWO}\n\n${ONE} # until May\n`)).toEqual(ids(`${TWO}, ${ONE}`));
});
