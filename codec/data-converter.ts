import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec, PlainCodec } from './encryption-codec.ts';
import type { KeyRing } from './encryption-key.ts';
import type { CodecObserver } from './metrics.ts';

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
export function plainConverter(observer?: CodecObserver): DataConverter {
  return { payloadCodecs: [new PlainCodec(observer)] };
}
