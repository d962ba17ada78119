import type { Payload } from '@temporalio/common';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { EncryptionCodec } from '../encryption-codec.ts';
import { UnknownKeyError } from '../encryption-key.ts';
import { textOf, UNREADABLE_ENCODING } from '../payload-metadata.ts';
import { fromJson, payloadsSchema, toJson, type JsonPayload } from './payloads-schema.ts';

export interface CodingOptions {
  readonly codec: EncryptionCodec;
}

/**
 * The two routes of Temporal's remote codec. The UI and CLI call `encode` for the arguments of their own starts and
 * signals, which Temporal would otherwise store unencrypted.
 *
 * https://github.com/temporalio/samples-go/tree/main/codec-server#codec-server-protocol
 */
export function coding(
  app: FastifyInstance,
  { codec }: CodingOptions,
  done: (error?: Error) => void,
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const schema = { body: payloadsSchema };

  async function decoded(written: JsonPayload): Promise<JsonPayload> {
    const payload = fromJson(written);
    const read = await readable(codec, payload);
    return read === payload ? written : toJson(read);
  }

  routes.post('/decode', { schema }, async ({ body }) => ({
    payloads: await Promise.all((body.payloads ?? []).map(decoded)),
  }));
  routes.post('/encode', { schema }, async ({ body }) => {
    const encoded = await codec.encode((body.payloads ?? []).map(fromJson));
    return { payloads: encoded.map(toJson) };
  });
  done();
}

/** Decodes for people: an unreadable payload becomes a text, so that the rest of the page is still shown. */
async function readable(
  codec: Pick<EncryptionCodec, 'decode'>,
  payload: Payload,
): Promise<Payload> {
  try {
    const [decoded = payload] = await codec.decode([payload]);
    if (textOf(decoded, 'encoding') !== UNREADABLE_ENCODING) return decoded;
    return textPayload('[unreadable: altered, or not encrypted by sender-onboarding]');
  } catch (error) {
    if (!(error instanceof UnknownKeyError)) throw error;
    return textPayload(
      `[encrypted with the key ${error.keyId}, which the codec server does not have]`,
    );
  }
}

function textPayload(text: string): Payload {
  return {
    metadata: { encoding: Buffer.from('json/plain') },
    data: Buffer.from(JSON.stringify(text)),
  };
}
