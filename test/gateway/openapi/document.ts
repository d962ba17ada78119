/** The OpenAPI document as a gateway serves it, made without Temporal. */
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { z } from 'zod';
import { OnboardingClient } from '../../../client/index.ts';
import { createMetrics } from '../../../gateway/metrics.ts';
import { buildServer } from '../../../gateway/server.ts';
import { createLogger } from '../../../worker/logging.ts';

const json = z.record(z.string(), z.unknown());

export const documentSchema = z.looseObject({
  info: z.looseObject({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), json)),
  webhooks: z.record(z.string(), z.record(z.string(), json)),
  components: z.looseObject({ schemas: z.record(z.string(), json) }),
});

export async function openApiDocument(): Promise<z.output<typeof documentSchema>> {
  const temporal = new Client({ connection: Connection.lazy() });
  const app = await buildServer(
    {
      onboardings: new OnboardingClient({
        temporal,
        hashKey: { version: '1', key: randomBytes(32) },
        actor: 'gateway',
        payloads: 'plaintext',
      }),
      host: '127.0.0.1',
      port: 0,
      publicUrl: 'https://onboarding.example.org',
      trustedProxies: [],
      logger: createLogger('error', { write: () => undefined }),
      apiKeys: [],
      callsPerKeyAndSecond: 10,
      linkKeys: [{ kid: 'test', key: randomBytes(32) }],
      linkDays: 30,
      returnHosts: [],
      verifiedAddress: 'correctable',
      hstsSubdomains: false,
      mailsPerAddressAndDay: 10,
      sources: [],
      ar24Webhooks: { secrets: [], allowedAddresses: [] },
      partner: { name: 'Courrier & Fils' },
    },
    createMetrics(),
    new AbortController().signal,
  );
  const { body } = await app.inject('/openapi.json');
  await app.close();
  return documentSchema.parse(JSON.parse(body));
}
