/** The doors: the partner's API, sign-up events, AR24's webhooks, the sender's page. */
import { createMetrics } from './metrics/metrics.ts';
import { serveMetrics } from './metrics/serve.ts';
import type { GatewayOptions } from './options.ts';
import { buildServer } from './server.ts';

export interface Gateway {
  /** Where it listens. */
  readonly url: string;
  /** Takes no more requests; those under way may end. */
  close(): Promise<void>;
}

/** @throws the system's error where an address cannot be had */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const metrics = createMetrics();
  const app = await buildServer(options, metrics);
  const { host, port, metricsAddress } = options;
  try {
    // Who opens the doors counts them from the first call on.
    const closeMetrics = metricsAddress && (await serveMetrics(metrics, metricsAddress));
    app.addHook('onClose', async () => closeMetrics?.());
    const url = await app.listen({ host, port });
    return { url, close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

export { parseEventSources, type EventSource } from './events/sources.ts';
export { createApiKey, parseApiKeys, SCOPES, writtenApiKey } from './keys/api-key.ts';
export type { ApiKey, Scope } from './keys/api-key.ts';
export { parseLinkKeys, type LinkKey } from './links/links.ts';
export type { GatewayOptions } from './options.ts';
export type { PartnerLook } from './page/options.ts';
