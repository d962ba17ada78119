/** Has activities begin also where their arguments cannot be read, so that they can say so themselves. */
import {
  defaultPayloadConverter,
  type DataConverter,
  type Payload,
  type PayloadCodec,
} from '@temporalio/common';
import { unreadableArgument } from '../activities/unreadable-arguments.ts';
import { UNREADABLE_ENCODING, UnknownKeyError } from '../codec/index.ts';

/** For a worker that runs activities only: whoever runs workflows has to wait for the key. */
export function withReadableArguments(converter: DataConverter): DataConverter {
  const { payloadCodecs = [] } = converter;
  return { ...converter, payloadCodecs: payloadCodecs.map(neverFailing) };
}

function neverFailing(codec: PayloadCodec): PayloadCodec {
  return {
    encode: (payloads, context) => codec.encode(payloads, context),
    async decode(payloads, context) {
      return Promise.all(
        payloads.map(async (payload) => {
          try {
            const [decoded = payload] = await codec.decode([payload], context);
            return isUnreadable(decoded) ? inItsPlace(ALTERED) : decoded;
          } catch (error) {
            if (!(error instanceof UnknownKeyError)) throw error;
            return inItsPlace(error.message);
          }
        }),
      );
    },
  };
}

const ALTERED = 'the arguments of this call were altered, or belong to another workflow';

function inItsPlace(why: string): Payload {
  return defaultPayloadConverter.toPayload(unreadableArgument(why));
}

function isUnreadable({ metadata }: Payload): boolean {
  return Buffer.from(metadata?.['encoding'] ?? []).toString() === UNREADABLE_ENCODING;
}
