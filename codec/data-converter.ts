import { fileURLToPath } from 'node:url';
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec.ts';
import { UnknownKeyError, type KeyRing } from './encryption-key.ts';
import type { CodecObserver } from './metrics.ts';
import { ENCRYPTED_ENCODING, KEY_ID, textOf } from './payload-metadata.ts';

/** The bundle of the workflows needs it too, as workflows create failures. */
export const FAILURE_CONVERTER_PATH = fileURLToPath(
  new URL('./failure-converter.cjs', import.meta.url),
);

/**
 * For every client and worker that uses onboardings: `new Client({ connection, dataConverter })`. All of them need
 * the same keys.
 *
 * @param observer for metrics
 */
export function encryptingConverter(ring: KeyRing, observer?: CodecObserver): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [new EncryptionCodec(ring, observer)],
  };
}

/** Instead of `encryptingConverter`, for a process that encrypts nothing. */
export function plainConverter(): DataConverter {
  return { payloadCodecs: [new PlainCodec()] };
}

/** Encrypts nothing. Encrypted payloads of other processes are an error, so that work waits for their key. */
export class PlainCodec implements PayloadCodec {
  async encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads);
  }

  /** @throws UnknownKeyError if a payload is encrypted */
  // eslint-disable-next-line @typescript-eslint/require-await -- its errors have to be rejections
  async decode(payloads: Payload[]): Promise<Payload[]> {
    const encrypted = payloads.find((one) => textOf(one, 'encoding') === ENCRYPTED_ENCODING);
    if (encrypted) throw new UnknownKeyError(textOf(encrypted, KEY_ID));
    return payloads;
  }
}
