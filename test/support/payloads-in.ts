/** The payloads in something of Temporal's, however deep, in the clear or as the tests encrypt them. */
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

/** What it says, if it is JSON. */
export async function textIn(payload: Payload): Promise<string> {
  const [clear] = await codec.decode([payload]);
  return Buffer.from(clear?.data ?? []).toString('utf8');
}

/** Has it say something else, encrypted as it was. */
export async function rewrite(
  payload: Payload,
  text: string,
  context: SerializationContext,
): Promise<void> {
  const [clear] = await codec.decode([payload]);
  const said = { ...clear, data: Buffer.from(text) };
  const isEncrypted = clear !== payload;
  const [written] = isEncrypted ? await codec.encode([said], context) : [said];
  Object.assign(payload, written);
}
