/** Whether what is said to Temporal is encrypted, and with which key. */
import type { Client } from '@temporalio/client';
import { EncryptionCodec } from '../codec/index.ts';
import { ATTRIBUTES } from '../workflows/contract/index.ts';

/** @throws TypeError where this client encrypts nothing, or with something else, which would be taken on trust */
export function refusePlaintext(temporal: Client): void {
  if (codecOf(temporal)) return;
  throw new TypeError(
    'this Temporal client encrypts nothing with our codec, and what senders tell about themselves would lie readable ' +
      'in Temporal: make it with `dataConverter: encryptingConverter(keys)` of sender-onboarding/codec, ' +
      "or say `payloads: 'plaintext'`",
  );
}

/** What a start says of the key that its input is encrypted with: nothing where none of ours is used. */
export function keyAttribute(temporal: Client) {
  const ours = codecOf(temporal);
  return ours ? [{ key: ATTRIBUTES.keyIds, value: [ours.keyId] }] : [];
}

function codecOf(temporal: Client): EncryptionCodec | undefined {
  const codecs = temporal.options.loadedDataConverter.payloadCodecs;
  return codecs.find((codec) => codec instanceof EncryptionCodec);
}
