/** Which keys encrypt the payloads of a Temporal client. */
import type { Client } from '@temporalio/client';
import { EncryptionCodec } from '../codec/index.ts';
import { ATTRIBUTES } from '../workflows/contract/index.ts';

/** @throws TypeError if this client does not encrypt with our codec: another one is not trusted unseen */
export function refusePlaintext(temporal: Client): void {
  if (codecOf(temporal)) return;
  throw new TypeError(
    'this Temporal client encrypts nothing with our codec, and Temporal would store personal data readable: ' +
      'create it with `dataConverter: encryptingConverter(keys)` of sender-onboarding/codec, ' +
      "or set `payloads: 'plaintext'`",
  );
}

/** The search attribute that names the key that a run began under. None without our codec. */
export function keyAttribute(temporal: Client) {
  const ours = codecOf(temporal);
  return ours ? [{ key: ATTRIBUTES.keyId, value: ours.keyId }] : [];
}

/** Ids of this client's keys: first the one that encrypts, then the older ones. */
export function keysHere(temporal: Client): readonly string[] {
  return codecOf(temporal)?.keyIds ?? [];
}

function codecOf(temporal: Client): EncryptionCodec | undefined {
  const codecs = temporal.options.loadedDataConverter.payloadCodecs;
  return codecs.find((codec) => codec instanceof EncryptionCodec);
}
