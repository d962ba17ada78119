/** Starts a gateway in this process. */
import { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { OnboardingClient } from '../../client/index.ts';
import { CODEC_METRICS, codecObserver } from '../../codec/index.ts';
import { freePort } from '../../devserver/port.ts';
import { startGateway, type Gateway, type GatewayOptions } from '../../gateway/index.ts';
import { PROCESS_METRICS } from '../../metrics/process.ts';
import { registryRecorder } from '../../metrics/prometheus.ts';
import { converterFor } from '../environment/encryption.ts';
import { CommandError } from '../failure.ts';
import { showProcess } from '../process-metrics.ts';
import { followingConnection } from '../temporal-credentials.ts';
import { tracingOf } from '../tracing.ts';
import type { TemporalServer } from '../worker/place.ts';
import type { GatewaySettings } from './settings.ts';

interface GatewayStart {
  readonly server: TemporalServer;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
}

interface RunningGateway extends Gateway {
  readonly publicUrl: string;
}

/**
 * Starts also while Temporal is away: the gateway is then not ready, and answers 503.
 *
 * @throws CommandError where an address cannot be used
 */
export async function startGatewayHere(start: GatewayStart): Promise<RunningGateway> {
  const { server, settings, logger } = start;
  const { values, hashKey, encryption, sources } = settings;
  const registry = new Registry();
  const observer = codecObserver(registryRecorder(registry, CODEC_METRICS), logger);
  const shown = showProcess(registryRecorder(registry, PROCESS_METRICS), server);
  const following = followingConnection(server, logger, shown.showCertificates);
  const tracing = await tracingOf('onboarding-gateway', values, logger);
  const temporal = new Client({
    connection: following.connection,
    namespace: server.namespace,
    dataConverter: converterFor(encryption, observer),
    ...(tracing && { interceptors: { workflow: [...tracing.clientInterceptors] } }),
  });
  const onboardings = new OnboardingClient({
    temporal,
    payloads: encryption === 'plaintext' ? 'plaintext' : 'encrypted',
    hashKey,
    formerHashKeys: values.ONBOARDING_FORMER_HASH_KEYS,
    actor: 'gateway',
  });
  const host = values.ONBOARDING_GATEWAY_HOST;
  const port = values.ONBOARDING_GATEWAY_PORT || (await freePort());
  const publicUrl = values.ONBOARDING_PUBLIC_URL ?? `http://${nameOf(host)}:${port}`;
  try {
    const gateway = await startGateway({
      onboardings,
      host,
      port,
      publicUrl,
      hstsSubdomains: values.ONBOARDING_HSTS_SUBDOMAINS,
      trustedProxies: values.ONBOARDING_TRUSTED_PROXIES ?? [],
      metricsAddress: values.ONBOARDING_GATEWAY_METRICS_ADDRESS,
      registry,
      tracing: tracing?.fastifyPlugin,
      logger,
      apiKeys: values.ONBOARDING_API_KEYS,
      callsPerKeyAndSecond: values.ONBOARDING_CALLS_PER_KEY_AND_SECOND,
      linkKeys: values.ONBOARDING_LINK_KEYS,
      linkDays: values.ONBOARDING_LINK_DAYS,
      returnHosts: values.ONBOARDING_RETURN_HOSTS ?? [],
      verifiedAddress: values.ONBOARDING_VERIFIED_ADDRESS,
      mailsPerAddressAndDay: values.ONBOARDING_MAILS_PER_ADDRESS_AND_DAY,
      sources,
      ar24Webhooks: {
        secrets: values.ONBOARDING_AR24_WEBHOOK_SECRETS ?? [],
        allowedAddresses: values.ONBOARDING_AR24_WEBHOOK_ADDRESSES ?? [],
      },
      companyLookUp: lookUpIn(values),
      partner: {
        name: values.ONBOARDING_PARTNER_NAME,
        logoUrl: values.ONBOARDING_PARTNER_LOGO_URL,
        colour: values.ONBOARDING_PARTNER_COLOUR,
        support: values.ONBOARDING_PARTNER_SUPPORT,
        privacyUrl: values.ONBOARDING_PARTNER_PRIVACY_URL,
        legalUrl: values.ONBOARDING_PARTNER_LEGAL_URL,
      },
    });
    return {
      url: gateway.url,
      publicUrl,
      async close(graceMs) {
        shown.hide();
        await gateway.close(graceMs);
        await following.close();
        await tracing?.stop();
      },
    };
  } catch (error) {
    shown.hide();
    await following.close();
    throw listenError(error, { host, port });
  }
}

function lookUpIn(values: GatewaySettings['values']): GatewayOptions['companyLookUp'] {
  const url = values.ONBOARDING_COMPANY_LOOKUP_URL;
  const privateTargets = values.ONBOARDING_COMPANY_LOOKUP_ALLOW_PRIVATE ? 'allowed' : 'refused';
  return url === undefined ? undefined : { url, privateTargets };
}

/** The host for links. The unspecified address is no destination: links lead to this machine then. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** A system error about an address as a CommandError that says what to do; other errors unchanged. */
function listenError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const ofMetrics = 'port' in error && error.port !== port;
  const variables = ofMetrics
    ? 'ONBOARDING_GATEWAY_METRICS_ADDRESS'
    : 'ONBOARDING_GATEWAY_PORT or ONBOARDING_GATEWAY_HOST';
  const what = ofMetrics
    ? 'its metrics cannot be served'
    : `it cannot listen on ${host}, port ${port}`;
  return new CommandError(
    `the gateway does not start: ${what} (${error.message}). Stop the program that has the port, or choose another ` +
      `with ${variables}.`,
  );
}
