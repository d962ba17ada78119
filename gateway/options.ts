import type { FastifyPluginCallback } from 'fastify';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { OnboardingClient } from '../client/index.ts';
import type { EventSource } from './events/sources.ts';
import type { ApiKey } from './api-keys.ts';
import type { LinkKey } from './links/links.ts';
import type { CompanyLookUpSettings } from './page/company/look-up.ts';
import type { PartnerLook, VerifiedAddress } from './page/options.ts';

export interface GatewayOptions {
  readonly onboardings: OnboardingClient;
  /**
   * The time in which Temporal has to answer all calls of one request together (ms). Default: 1200, so that callers
   * learn of an outage within 2 s. Tests raise it, as a loaded machine is no outage.
   */
  readonly temporalTimeoutMs?: number | undefined;
  readonly port: number;
  readonly host: string;
  /** The address that callers use, without a slash at its end. */
  readonly publicUrl: string;
  /** Whether browsers have to use TLS for all subdomains of `publicUrl` too. */
  readonly hstsSubdomains: boolean;
  /** Addresses or networks whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies: readonly string[];
  /** The address at which Prometheus reads the metrics. Without it they are not served. */
  readonly metricsAddress?: { readonly host: string; readonly port: number } | undefined;
  /** With other metrics of this process, to be served with the gateway's. Default: a new one. */
  readonly registry?: Registry | undefined;
  /** Traces requests. It is registered before the routes. Default: no traces. */
  readonly tracing?: FastifyPluginCallback | undefined;
  /** Has to redact secrets and personal data. */
  readonly logger: Logger;
  readonly apiKeys: readonly ApiKey[];
  /** The most calls per second with one key. */
  readonly callsPerKeyAndSecond: number;
  readonly linkKeys: readonly [LinkKey, ...LinkKey[]];
  /** How many days a link to the sender's page is valid. */
  readonly linkDays: number;
  /** Hosts to which links to the sender's page may lead back, such as `app.example.org`. */
  readonly returnHosts: readonly string[];
  /** Whether people may correct an address that the partner vouched for. */
  readonly verifiedAddress: VerifiedAddress;
  /** The sources whose sign-up events are accepted. */
  readonly sources: readonly EventSource[];
  readonly ar24Webhooks: {
    /** The last part of the path that AR24 calls. Without one the path does not exist. */
    readonly secrets: readonly string[];
    /** Addresses or networks from which AR24 may call; empty: any. */
    readonly allowedAddresses: readonly string[];
  };
  /** The service that finds a company by its SIRET. Without it the sender's page does not offer to look one up. */
  readonly companyLookUp?: CompanyLookUpSettings | undefined;
  /** How the partner looks on the sender's page. */
  readonly partner: PartnerLook;
  /** The most mails of AR24 that one address may get through us in 24 hours. */
  readonly mailsPerAddressAndDay: number;
}
