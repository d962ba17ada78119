import type { Logger } from 'pino';
import type { OnboardingClient } from '../client/index.ts';
import type { EventSource } from './events/sources.ts';
import type { ApiKey } from './keys/api-key.ts';
import type { LinkKey } from './links/links.ts';
import type { PartnerLook } from './page/options.ts';

/** All that the gateway is told. */
export interface GatewayOptions {
  readonly onboardings: OnboardingClient;
  readonly port: number;
  readonly host: string;
  /** Where it is found from outside, without a slash at its end. */
  readonly publicUrl: string;
  /** Addresses or networks whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Where Prometheus reads metrics; not set: nowhere. */
  readonly metricsAddress?: { readonly host: string; readonly port: number } | undefined;
  /** Redacts what must not be logged. */
  readonly logger: Logger;
  readonly apiKeys: readonly ApiKey[];
  /** Most calls a second with one key. */
  readonly callsPerKeyAndSecond: number;
  readonly linkKeys: readonly [LinkKey, ...LinkKey[]];
  /** How long a link to the sender's page is good for. */
  readonly linkDays: number;
  /** Whose sign-up events are taken, and how. */
  readonly sources: readonly EventSource[];
  readonly ar24Webhooks: {
    /** Ends of the path that AR24 calls; none: there is no such path. */
    readonly secrets: readonly string[];
    /** Addresses or networks from which it may call; none: any. */
    readonly allowedAddresses: readonly string[];
  };
  /** How the partner looks on the sender's page. */
  readonly partner: PartnerLook;
  /** Most mails of AR24's that an address may be sent because of us in 24 hours. */
  readonly mailsPerAddressAndDay: number;
}
