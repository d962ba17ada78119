/**
 * Encrypts what leaves our processes for Temporal, and decrypts what comes back: AES-256-GCM, a fresh
 * nonce for each payload, bound to its key and, where the SDK tells it, to its workflow.
 *
 * Plain payloads are read, so that signals sent by hand work: this keeps what is said from who may read
 * Temporal, and does not prove who said it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
// By its default: Node itself finds no named exports there.
import protobuf from '@temporalio/proto';
import type { EncryptionKey, KeyRing } from './encryption-key.ts';
import { ENCRYPTED_ENCODING, KEY_ID, UNREADABLE_ENCODING, WORKFLOW_ID } from './names.ts';
import { textOf } from './text-of.ts';
import { UnknownKeyError } from './unknown-key-error.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of what a key's id can be; anything else was never written by us. */
const ID_PATTERN = /^[A-Za-z0-9_.-]{1,41}$/;

const proto = protobuf.temporal.api.common.v1.Payload;

export class EncryptionCodec implements PayloadCodec {
  readonly #writing: EncryptionKey;
  readonly #keys: ReadonlyMap<string, EncryptionKey>;

  constructor(ring: KeyRing) {
    [this.#writing] = ring;
    this.#keys = new Map(ring.map((key) => [key.id, key]));
  }

  /** Of the key that writes. */
  get keyId(): string {
    return this.#writing.id;
  }

  /** Of all that can be read. */
  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const workflowId = context?.workflowId ?? '';
    return Promise.resolve(payloads.map((payload) => encrypt(payload, this.#writing, workflowId)));
  }

  /**
   * What was altered, or belongs to another workflow, becomes a payload of the encoding
   * `binary/unreadable`: a value that nobody takes for one, and not an error, by which a single bad
   * message would stop a workflow for ever.
   *
   * @throws UnknownKeyError where a key is missing: the work is to wait for it
   */
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to be a rejection
  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => this.#decrypt(payload, context?.workflowId ?? ''));
  }

  #decrypt(payload: Payload, expected: string): Payload {
    if (textOf(payload, 'encoding') !== ENCRYPTED_ENCODING) return withoutKeyId(payload);
    const keyId = textOf(payload, KEY_ID);
    const workflowId = textOf(payload, WORKFLOW_ID);
    if (!ID_PATTERN.test(keyId)) return unreadable();
    const key = this.#keys.get(keyId);
    if (key === undefined) throw new UnknownKeyError(keyId);
    // Without a workflow's id it was written where the SDK tells none.
    const isForeign = workflowId !== '' && expected !== '' && workflowId !== expected;
    const decrypted = isForeign
      ? undefined
      : decrypt(payload.data ?? new Uint8Array(), key, workflowId);
    return decrypted ?? unreadable({ [KEY_ID]: Buffer.from(keyId) });
  }
}

/** @param more the key, where there is one: without it nobody could tell that it is unreadable */
function unreadable(more: Readonly<Record<string, Uint8Array>> = {}): Payload {
  return { metadata: { encoding: Buffer.from(UNREADABLE_ENCODING), ...more } };
}

/** Only what we have decrypted may say so. */
function withoutKeyId(payload: Payload): Payload {
  if (!payload.metadata || !Object.hasOwn(payload.metadata, KEY_ID)) return payload;
  const { [KEY_ID]: _claimed, ...metadata } = payload.metadata;
  return { ...payload, metadata };
}

function encrypt(payload: Payload, { id, key }: EncryptionKey, workflowId: string): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound(id, workflowId));
  const plain = proto.encode(payload).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return {
    metadata: {
      encoding: Buffer.from(ENCRYPTED_ENCODING),
      [KEY_ID]: Buffer.from(id),
      ...(workflowId !== '' && { [WORKFLOW_ID]: Buffer.from(workflowId) }),
    },
    data,
  };
}

/** Undefined where it was altered. */
function decrypt(
  data: Uint8Array,
  { id, key }: EncryptionKey,
  workflowId: string,
): Payload | undefined {
  const end = data.length - TAG_BYTES;
  if (end < NONCE_BYTES) return undefined;
  const nonce = data.subarray(0, NONCE_BYTES);
  const cipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound(id, workflowId));
  cipher.setAuthTag(data.subarray(end));
  try {
    const plain = Buffer.concat([cipher.update(data.subarray(NONCE_BYTES, end)), cipher.final()]);
    const { metadata, data: value } = proto.decode(plain);
    // Which key it was is of interest to the workflow, which tells what it still needs.
    return { metadata: { ...metadata, [KEY_ID]: Buffer.from(id) }, data: value };
  } catch {
    return undefined;
  }
}

/** What is not encrypted, and yet cannot be changed without notice. */
function bound(keyId: string, workflowId: string): Buffer {
  return Buffer.from(JSON.stringify(['sender-onboarding', 1, keyId, workflowId]));
}
