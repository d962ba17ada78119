/**
 * The SDK decodes a message before any handler sees it, and a message that it cannot decode fails the workflow task
 * for ever: one signal sent by hand would stop a sender permanently. Here such a message becomes `undefined`, which
 * handlers ignore.
 */
import {
  defaultPayloadConverter,
  type Payload,
  type PayloadConverter,
  type SerializationContext,
} from '@temporalio/common';
import { UNREADABLE } from './unreadable.ts';

/** The codec's encoding of a payload that was altered, or copied from another workflow. */
const UNREADABLE_ENCODING = 'binary/unreadable';

export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: ((payload: Payload, context?: SerializationContext) => {
    if (encodingOf(payload) === UNREADABLE_ENCODING) return unreadableIn(context);
    try {
      return defaultPayloadConverter.fromPayload<unknown>(payload);
    } catch {
      return undefined;
    }
  }) as PayloadConverter['fromPayload'],
};

function encodingOf({ metadata }: Payload): string {
  const encoding = metadata?.['encoding'];
  return encoding ? new TextDecoder().decode(encoding) : '';
}

/** A message can be ignored. A call's result cannot: the workflow task fails until an operator repairs it. */
function unreadableIn(context: SerializationContext | undefined): unknown {
  if (context?.type !== 'activity') return UNREADABLE;
  throw new Error('the result of a call was altered, or belongs to another workflow');
}
