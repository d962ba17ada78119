/**
 * The SDK decodes a message before any handler sees it, and a message that it cannot decode fails the
 * task for ever: one signal sent by hand would stop a sender for good. Here such a message is
 * `undefined`, which handlers take as what it is: nothing that they know.
 */
import {
  defaultPayloadConverter,
  type Payload,
  type PayloadConverter,
  type SerializationContext,
} from '@temporalio/common';
import { decode } from '@temporalio/common/lib/encoding.js';
import { noteKeyOf } from './key-ids.ts';
import { UNREADABLE } from './unreadable.ts';

/** As the codec calls what was altered, or meant for another workflow. */
const UNREADABLE_ENCODING = 'binary/unreadable';

export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: ((payload: Payload, context?: SerializationContext) => {
    noteKeyOf(payload, context);
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
  return encoding ? decode(encoding) : '';
}

/** A message is left out. What AR24 answered cannot be: the task fails, and waits for somebody to see to it. */
function unreadableIn(context: SerializationContext | undefined): unknown {
  if (context?.type !== 'activity') return UNREADABLE;
  throw new Error('the result of a call was altered, or belongs to another workflow');
}
