/**
 * The JSON form of payloads, as Temporal's UI and CLI send them:
 * https://protobuf.dev/programming-guides/json/
 */
import type { Payload } from '@temporalio/common';
import { z } from 'zod';

/** Protobuf accepts both alphabets of base64, with and without padding. */
const bytes = z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/, 'base64 is expected');

/** Unknown fields are returned unchanged. */
const jsonPayload = z.looseObject({
  metadata: z.record(z.string(), bytes).nullish(),
  data: bytes.nullish(),
});

/** More than any event of Temporal has. Larger requests would keep the server busy. */
const MOST_PAYLOADS = 10_000;

export const payloadsSchema = z.object({
  payloads: z.array(jsonPayload).max(MOST_PAYLOADS).nullish(),
});

export type JsonPayload = z.output<typeof jsonPayload>;

export function fromJson({ metadata, data }: JsonPayload): Payload {
  const entries = Object.entries(metadata ?? {});
  return {
    metadata: Object.fromEntries(entries.map(([name, value]) => [name, fromBase64(value)])),
    data: fromBase64(data ?? ''),
  };
}

/** `data` is always present: the UI does not recognise payloads without it. */
export function toJson({ metadata, data }: Payload): JsonPayload {
  const entries = Object.entries(metadata ?? {});
  return {
    metadata: Object.fromEntries(entries.map(([name, value]) => [name, toBase64(value)])),
    data: toBase64(data ?? new Uint8Array()),
  };
}

function fromBase64(written: string): Buffer {
  return Buffer.from(written, 'base64');
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
