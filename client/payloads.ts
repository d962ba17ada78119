/** Decodes single values that Temporal stores. The SDK decodes whole answers only, and fails with the first bad value. */
import type { Client } from '@temporalio/client';
import {
  PayloadConverterError,
  ValueError,
  type Payload,
  type SerializationContext,
  type Timestamp,
} from '@temporalio/common';
import type proto from '@temporalio/proto';
import { unknownKeyIn } from './temporal-call.ts';

type Payloads = readonly Payload[] | null | undefined;
type Failure = proto.temporal.api.failure.v1.IFailure;

/** @throws an error that {@link unreadIn} knows, where a value is not readable */
export async function decodePayloads(
  { options }: Client,
  payloads: Payloads,
  context: SerializationContext,
): Promise<readonly unknown[]> {
  const { payloadCodecs, payloadConverter } = options.loadedDataConverter;
  let decoded = [...(payloads ?? [])];
  for (const codec of payloadCodecs.toReversed()) decoded = await codec.decode(decoded, context);
  return decoded.map((payload): unknown => payloadConverter.fromPayload(payload, context));
}

/** A value in Temporal that this client is not able to read. */
export interface Unread {
  /** Id of the missing encryption key. Null: the value was altered. */
  readonly keyId: string | null;
}

/** Undefined if the error has another cause. */
export function unreadIn(error: unknown): Unread | undefined {
  const missing = unknownKeyIn(error);
  if (missing) return { keyId: missing.keyId };
  const isNoValue =
    error instanceof ValueError ||
    error instanceof PayloadConverterError ||
    error instanceof SyntaxError;
  return isNoValue ? { keyId: null } : undefined;
}

/** The message of a failure. Our failure converter encodes it: the plain one then says so only. */
export async function messageIn(
  temporal: Client,
  failure: Failure,
  context: SerializationContext,
): Promise<string> {
  try {
    const encoded = failure.encodedAttributes ? [failure.encodedAttributes] : [];
    const [attributes] = await decodePayloads(temporal, encoded, context);
    const { message } = fieldsOf(attributes);
    return typeof message === 'string' ? message : (failure.message ?? '');
  } catch (error) {
    const unread = unreadIn(error);
    if (unread === undefined) throw error;
    return unread.keyId === null
      ? 'cannot be read: it was altered'
      : `cannot be read here: it was encrypted with the key ${unread.keyId}`;
  }
}

/** Returns the fields of the first value. Returns none if it is no object, or is not readable. */
export type ReadFields = (payloads: Payloads) => Promise<Readonly<Record<string, unknown>>>;

export function fieldReader(temporal: Client, workflowId: string): ReadFields {
  const { namespace } = temporal.options;
  return async (payloads) => {
    try {
      const context = { type: 'workflow', namespace, workflowId } as const;
      const [first] = await decodePayloads(temporal, payloads, context);
      return fieldsOf(first);
    } catch {
      return {};
    }
  };
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Temporal stores search attributes unencrypted, as JSON. */
export function searchAttributeIn(payload: Payload | null | undefined): unknown {
  const data = payload?.data;
  if (!data || data.length === 0) return null;
  return JSON.parse(Buffer.from(data).toString());
}

export function dateOf(timestamp: Timestamp | null | undefined): Date | undefined {
  if (!timestamp) return undefined;
  const { seconds, nanos } = timestamp;
  return new Date(Number(seconds ?? 0) * 1_000 + Math.floor((nanos ?? 0) / 1_000_000));
}
