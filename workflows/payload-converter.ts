/**
 * The SDK decodes a message before any handler sees it, and a message that it cannot decode fails the
 * task for ever: one signal sent by hand would stop a sender for good. Here such a message is
 * `undefined`, which handlers take as what it is: nothing that they know.
 */
import { defaultPayloadConverter, type PayloadConverter } from '@temporalio/common';

export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload: ((payload) => {
    try {
      return defaultPayloadConverter.fromPayload<unknown>(payload);
    } catch {
      return undefined;
    }
  }) as PayloadConverter['fromPayload'],
};
