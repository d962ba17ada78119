import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { EncryptionCodec } from '../encryption-codec.ts';
import { fromJson, payloadsSchema, toJson, type JsonPayload } from './payloads-schema.ts';
import { readable } from './reading.ts';

export interface CodingOptions {
  readonly codec: EncryptionCodec;
}

/**
 * The two routes of Temporal's remote codec. `encode` is there too: the UI and CLI call it for what
 * they start and signal with, which would lie readable in Temporal otherwise.
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
