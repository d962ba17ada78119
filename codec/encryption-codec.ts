/**
 * Encrypts all payloads that our processes send to Temporal: AES-256-GCM, with a new nonce for each payload, bound to
 * its key and, if the SDK knows it, to its workflow.
 *
 * Plain payloads are accepted, so that signals can be sent by hand. Encryption hides payloads from readers of
 * Temporal; it does not authenticate their sender.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
// The default export, as Node finds no named ones in this CommonJS module.
import protobuf from '@temporalio/proto';
import { isKeyId, UnknownKeyError, type EncryptionKey, type KeyRing } from './encryption-key.ts';
import type { CodecObserver } from './metrics.ts';
import {
  ENCRYPTED_ENCODING,
  KEY_ID,
  textOf,
  UNREADABLE_ENCODING,
  WORKFLOW_ID,
} from './payload-metadata.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Ids of ours. A payload is not to be trusted: others may hold an address. */
const LOGGED_ID = /^[\w.:/-]{1,256}$/;

const proto = protobuf.temporal.api.common.v1.Payload;

export class EncryptionCodec implements PayloadCodec {
  readonly #writing: EncryptionKey;
  readonly #keys: ReadonlyMap<string, EncryptionKey>;
  readonly #observer: CodecObserver | undefined;

  constructor(ring: KeyRing, observer?: CodecObserver) {
    this.#observer = observer;
    [this.#writing] = ring;
    this.#keys = new Map(ring.map((key) => [key.id, key]));
  }

  /** The id of the key that encrypts. */
  get keyId(): string {
    return this.#writing.id;
  }

  /** The ids of all keys that decrypt. */
  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  async encode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    const workflowId = context?.workflowId ?? '';
    const encrypted = payloads.map((payload) => encrypt(payload, this.#writing, workflowId));
    encrypted.forEach(() => this.#observer?.encrypted(this.keyId));
    return Promise.resolve(encrypted);
  }

  /**
   * A payload that was altered, or belongs to another workflow, becomes one with the encoding `binary/unreadable`. An
   * error instead would let a single bad message stop a workflow for ever.
   *
   * @throws UnknownKeyError if a key is missing, so that the work waits for it
   */
  // eslint-disable-next-line @typescript-eslint/require-await -- its errors have to be rejections
  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => decoded(payload, this.#keys, this.#observer, context));
  }
}

/** Encrypts nothing. Encrypted payloads of other processes are an error, so that work waits for their key. */
export class PlainCodec implements PayloadCodec {
  readonly #observer: CodecObserver | undefined;

  constructor(observer?: CodecObserver) {
    this.#observer = observer;
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads);
  }

  /** As `EncryptionCodec`, without any key. @throws UnknownKeyError if a payload is encrypted */
  // eslint-disable-next-line @typescript-eslint/require-await -- its errors have to be rejections
  async decode(payloads: Payload[], context?: SerializationContext): Promise<Payload[]> {
    return payloads.map((payload) => decoded(payload, new Map(), this.#observer, context));
  }
}

/** @throws UnknownKeyError if it was encrypted with none of the keys */
function decoded(
  payload: Payload,
  keys: ReadonlyMap<string, EncryptionKey>,
  observer?: CodecObserver,
  context?: SerializationContext,
): Payload {
  if (textOf(payload, 'encoding') !== ENCRYPTED_ENCODING) return payload;
  const expected = context?.workflowId ?? '';
  const keyId = textOf(payload, KEY_ID);
  const workflowId = textOf(payload, WORKFLOW_ID);
  const logged = [expected, workflowId].find((id) => LOGGED_ID.test(id));
  const isOurs = isKeyId(keyId);
  const key = keys.get(keyId);
  if (isOurs && key === undefined) {
    observer?.failed({ why: 'unknown-key', keyId, workflowId: logged });
    throw new UnknownKeyError(keyId);
  }
  // In some contexts the SDK does not know the workflow's id.
  const isForeign = workflowId !== '' && expected !== '' && workflowId !== expected;
  const decrypted =
    key === undefined || isForeign
      ? undefined
      : decrypt(payload.data ?? new Uint8Array(), key, workflowId);
  if (decrypted !== undefined) return decrypted;
  observer?.failed({ why: 'altered', keyId: isOurs ? keyId : undefined, workflowId: logged });
  return { metadata: { encoding: Buffer.from(UNREADABLE_ENCODING) } };
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

/** Undefined if it was altered. */
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
    return proto.decode(plain);
  } catch {
    return undefined;
  }
}

/** The authenticated data: it is not encrypted, and cannot be altered unnoticed. */
function bound(keyId: string, workflowId: string): Buffer {
  return Buffer.from(JSON.stringify(['sender-onboarding', 1, keyId, workflowId]));
}
