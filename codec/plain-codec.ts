/** For processes that encrypt nothing: what others have encrypted is waited for, and never taken for nonsense. */
import type { DataConverter, Payload, PayloadCodec } from '@temporalio/common';
import { ENCRYPTED_ENCODING, KEY_ID } from './names.ts';
import { textOf } from './text-of.ts';
import { UnknownKeyError } from './unknown-key-error.ts';

export class PlainCodec implements PayloadCodec {
  async encode(payloads: Payload[]): Promise<Payload[]> {
    return Promise.resolve(payloads);
  }

  /** @throws UnknownKeyError where something is encrypted */
  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws is to be a rejection
  async decode(payloads: Payload[]): Promise<Payload[]> {
    const encrypted = payloads.find((one) => textOf(one, 'encoding') === ENCRYPTED_ENCODING);
    if (encrypted) throw new UnknownKeyError(textOf(encrypted, KEY_ID));
    return payloads;
  }
}

/** Instead of `encryptingConverter`, where whoever reads Temporal may read everything. */
export function plainConverter(): DataConverter {
  return { payloadCodecs: [new PlainCodec()] };
}
