/** The HTTP gateway: the partner's API, sign-up events, AR24's webhooks, the sender's page. */
import { setTimeout as pause } from 'node:timers/promises';
import { serveMetrics } from '../metrics/prometheus.ts';
import { createMetrics } from './metrics.ts';
import type { GatewayOptions } from './options.ts';
import { buildServer } from './server.ts';

export interface Gateway {
  /** The address that it listens at. */
  readonly url: string;
  /**
   * `GET /ready` answers 503 at once. Other requests are served for the grace period, so that proxies can notice.
   * Then new requests are refused, and those in flight may end.
   *
   * @param graceMs default: 0
   */
  close(graceMs?: number): Promise<void>;
}

/** @throws the system's error if an address cannot be used */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const metrics = createMetrics(options.registry);
  const stopping = new AbortController();
  const app = await buildServer(options, metrics, stopping.signal);
  const { host, port, metricsAddress } = options;
  try {
    // First, so that no request goes uncounted.
    const served = metricsAddress && (await serveMetrics(metrics.registry, metricsAddress));
    app.addHook('onClose', async () => served?.close());
    const url = await app.listen({ host, port });
    return {
      url,
      async close(graceMs = 0) {
        stopping.abort();
        if (graceMs > 0) await pause(graceMs);
        await app.close();
      },
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

export { parseEventSources, type EventSource } from './events/sources.ts';
export { createApiKey, parseApiKeys, SCOPES, writtenApiKey } from './api-keys.ts';
export type { ApiKey, Scope } from './api-keys.ts';
export { parseLinkKeys, type LinkKey } from './links/links.ts';
export { GATEWAY_METRICS } from './metrics.ts';
export type { GatewayOptions } from './options.ts';
export type { PartnerLook } from './page/options.ts';
