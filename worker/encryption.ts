import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec, plainConverter } from '../codec/index.ts';

export interface WorkerEncryption {
  /** From `encryptingConverter`. */
  readonly dataConverter?: DataConverter | undefined;
  /** `plaintext`: payloads may be unencrypted. Default `encrypted`: they have to be encrypted. */
  readonly payloads?: 'encrypted' | 'plaintext' | undefined;
}

/** @throws TypeError if payloads would not be encrypted, unless `payloads` is `plaintext` */
export function converterOf({ dataConverter, payloads }: WorkerEncryption): DataConverter {
  const codecs = dataConverter?.payloadCodecs ?? [];
  const encrypts = codecs.some((codec) => codec instanceof EncryptionCodec);
  if (dataConverter && (encrypts || payloads === 'plaintext')) return dataConverter;
  if (payloads === 'plaintext') return plainConverter();
  throw new TypeError(
    'this worker would encrypt nothing, and Temporal would store personal data readable: create it with ' +
      '`dataConverter: encryptingConverter(keys)` of sender-onboarding/codec, or set ' +
      "`payloads: 'plaintext'`",
  );
}
