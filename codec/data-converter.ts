import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec } from './encryption-codec.ts';
import type { KeyRing } from './encryption-key.ts';

/** Also for the bundle of the workflows, which make failures of their own. */
export const FAILURE_CONVERTER_PATH = fileURLToPath(
  new URL('./failure-converter.cjs', import.meta.url),
);

/**
 * For whatever talks to Temporal about onboardings: `new Client({ connection, dataConverter })`, and the
 * worker. All of them need the same keys.
 */
export function encryptingConverter(ring: KeyRing): DataConverter {
  return {
    failureConverterPath: FAILURE_CONVERTER_PATH,
    payloadCodecs: [new EncryptionCodec(ring)],
  };
}
