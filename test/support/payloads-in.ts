/** The payloads in any value of Temporal's, at any depth, in clear or as the tests encrypt them. */
import type { Payload, SerializationContext } from '@temporalio/common';
import { EncryptionCodec } from '../../codec/index.ts';
import { KEYS } from './encryption.ts';

const codec = new EncryptionCodec(KEYS);

export function payloadsIn(value: unknown): readonly Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return isPayload(value) ? [value] : Object.values(value).flatMap(payloadsIn);
}

function isPayload(value: object): value is Payload {
  const { metadata } = value as { readonly metadata?: Payload['metadata'] };
  return metadata?.['encoding'] instanceof Uint8Array;
}

/** Its value, if it is JSON. */
export async function textIn(payload: Payload): Promise<string> {
  const [clear] = await codec.decode([payload]);
  return Buffer.from(clear?.data ?? []).toString('utf8');
}

/** Replaces its value, encrypted as before. */
export async function rewrite(
  payload: Payload,
  text: string,
  context: SerializationContext,
): Promise<void> {
  const [clear] = await codec.decode([payload]);
  const changed = { ...clear, data: Buffer.from(text) };
  const isEncrypted = clear !== payload;
  const [written] = isEncrypted ? await codec.encode([changed], context) : [changed];
  Object.assign(payload, written);
}
