/** Decodes for people: what cannot be read says so, and does not keep the rest of a page from being shown. */
import type { Payload } from '@temporalio/common';
import type { EncryptionCodec } from '../encryption-codec.ts';
import { UNREADABLE_ENCODING } from '../names.ts';
import { UnknownKeyError } from '../unknown-key-error.ts';

export async function readable(
  codec: Pick<EncryptionCodec, 'decode'>,
  payload: Payload,
): Promise<Payload> {
  try {
    const [decoded = payload] = await codec.decode([payload]);
    if (encodingOf(decoded) !== UNREADABLE_ENCODING) return decoded;
    return saying('[unreadable: altered, or not encrypted by sender-onboarding]');
  } catch (error) {
    if (!(error instanceof UnknownKeyError)) throw error;
    return saying(`[encrypted with the key ${error.keyId}, which the codec server does not have]`);
  }
}

/** A value as the UI and CLI show it. */
function saying(words: string): Payload {
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(words)),
  };
}

function encodingOf({ metadata }: Payload): string {
  return Buffer.from(metadata?.['encoding'] ?? []).toString();
}
