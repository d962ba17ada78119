/** A gateway in this process, from the connection to the end. */
import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import { OnboardingClient } from '../../client/index.ts';
import { freePort } from '../../devserver/port.ts';
import { startGateway, type Gateway } from '../../gateway/index.ts';
import { converterFor } from '../environment/encryption.ts';
import { CommandError } from '../failure.ts';
import type { TemporalServer } from '../worker/place.ts';
import type { GatewaySettings } from './settings.ts';

export interface GatewayStart {
  readonly server: TemporalServer;
  readonly settings: GatewaySettings;
  readonly logger: Logger;
}

export interface RunningGateway extends Gateway {
  readonly publicUrl: string;
}

/**
 * Starts also while Temporal is away: it is then not ready, and answers 503.
 *
 * @throws CommandError where an address cannot be had
 */
export async function startGatewayHere(start: GatewayStart): Promise<RunningGateway> {
  const { server, settings, logger } = start;
  const { values, hashKey, encryption, policy, sources } = settings;
  const connection = Connection.lazy(server.connection);
  const temporal = new Client({
    connection,
    namespace: server.namespace,
    dataConverter: converterFor(encryption),
  });
  const onboardings = new OnboardingClient({
    temporal,
    payloads: encryption === 'plaintext' ? 'plaintext' : 'encrypted',
    hashKey,
    formerHashKeys: values.ONBOARDING_FORMER_HASH_KEYS,
    actor: 'gateway',
    policy,
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
      trustedProxies: values.ONBOARDING_TRUSTED_PROXIES ?? [],
      metricsAddress: values.ONBOARDING_GATEWAY_METRICS_ADDRESS,
      logger,
      apiKeys: values.ONBOARDING_API_KEYS,
      callsPerKeyAndSecond: values.ONBOARDING_CALLS_PER_KEY_AND_SECOND,
      linkKeys: values.ONBOARDING_LINK_KEYS,
      linkDays: values.ONBOARDING_LINK_DAYS,
      mailsPerAddressAndDay: values.ONBOARDING_MAILS_PER_ADDRESS_AND_DAY,
      sources,
      ar24Webhooks: {
        secrets: values.ONBOARDING_AR24_WEBHOOK_SECRETS ?? [],
        allowedAddresses: values.ONBOARDING_AR24_WEBHOOK_ADDRESSES ?? [],
      },
      partner: {
        name: values.ONBOARDING_PARTNER_NAME,
        logoUrl: values.ONBOARDING_PARTNER_LOGO_URL,
        colour: values.ONBOARDING_PARTNER_COLOUR,
        support: values.ONBOARDING_PARTNER_SUPPORT,
      },
    });
    return {
      url: gateway.url,
      publicUrl,
      async close() {
        await gateway.close();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw toldSystemError(error, { host, port });
  }
}

/** Everywhere is nowhere to go: people are sent to this machine. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** The system's word on an address, with the way out. */
function toldSystemError(
  error: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  return new CommandError(
    `the gateway cannot listen (${error.message}): it wants ${host}, port ${port}. Stop the program that ` +
      'has it, or choose another with ONBOARDING_GATEWAY_PORT, ONBOARDING_GATEWAY_HOST and ' +
      'ONBOARDING_GATEWAY_METRICS_ADDRESS.',
  );
}
