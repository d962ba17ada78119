import type { DataConverter } from '@temporalio/common';
import { EncryptionCodec, plainConverter } from '../codec/index.ts';

export interface WorkerEncryption {
  /** As `encryptingConverter` makes it. */
  readonly dataConverter?: DataConverter | undefined;
  /** `plaintext`: nothing need be encrypted. Default `encrypted`: all has to be. */
  readonly payloads?: 'encrypted' | 'plaintext' | undefined;
}

/** @throws TypeError where nothing would be encrypted, and nobody said that it need not be */
export function converterOf({ dataConverter, payloads }: WorkerEncryption): DataConverter {
  const codecs = dataConverter?.payloadCodecs ?? [];
  const encrypts = codecs.some((codec) => codec instanceof EncryptionCodec);
  if (dataConverter && (encrypts || payloads === 'plaintext')) return dataConverter;
  if (payloads === 'plaintext') return plainConverter();
  throw new TypeError(
    'this worker would encrypt nothing, and what senders tell about themselves would lie readable in Temporal: ' +
      'make it with `dataConverter: encryptingConverter(keys)` of sender-onboarding/codec, or say ' +
      "`payloads: 'plaintext'`",
  );
}
