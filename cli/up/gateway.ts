/** The gateway of the one-machine mode: with its own keys, and with webhooks of the simulator. */
import type { Logger } from 'pino';
import { assertPortFree } from '../../devserver/index.ts';
import { withKeys } from '../environment/encryption.ts';
import { EnvironmentError, type EnvironmentFault } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { isSet, withDefaults } from '../environment/secret-files.ts';
import { gatewaySettings, type GatewaySettings } from '../gateway/settings.ts';
import { startGatewayHere } from '../gateway/start.ts';
import { apiKeyFile } from '../state-folder/gateway-secrets.ts';
import type { Ar24 } from './ar24.ts';
import type { Closing } from './closing.ts';
import type { UpPlan } from './options.ts';
import type { Secrets } from './secrets.ts';
import type { Temporal } from './temporal.ts';

const PORT_OPTION = '--gateway-port';

export interface LocalGateway {
  readonly url: string;
}

/** @throws PortTakenError */
export async function checkPortOfGateway({ port, host }: UpPlan['gateway']): Promise<void> {
  if (port !== 0) await assertPortFree(port, 'the gateway', PORT_OPTION, host);
}

interface Begun {
  readonly temporal: Temporal;
  readonly ar24: Ar24;
  readonly secrets: Secrets;
  readonly closing: Closing;
  readonly logger: Logger;
  readonly note: (line: string) => void;
}

/**
 * @returns undefined where Temporal is shared, and the environment does not name the shared hash key
 * @throws CommandError, EnvironmentError
 */
export async function startLocalGateway(
  { gateway: wanted, temporal: whose }: UpPlan,
  { temporal, ar24, secrets, closing, logger, note }: Begun,
): Promise<LocalGateway | undefined> {
  const ours = whose.kind === 'own';
  if (!ours && !isSet(wanted.environment, 'ONBOARDING_HASH_KEY')) {
    note('Gateway    not started: another Temporal is shared, and ONBOARDING_HASH_KEY is not set');
    return undefined;
  }
  const settings = settingsIn({
    ...withDefaults(withKeys(wanted.environment, secrets.ownKeys), { ...secrets.gateway }),
    ONBOARDING_GATEWAY_PORT: String(wanted.port),
  });
  const running = await startGatewayHere({ server: temporal.server, settings, logger });
  closing.add(() => running.close());
  const [secret = ''] = settings.values.ONBOARDING_AR24_WEBHOOK_SECRETS ?? [];
  ar24.simulator?.setSwitches({ webhookUrl: `${running.url}/webhooks/ar24/${secret}` });
  note(`Gateway    at ${running.publicUrl}, its API at /docs, a key for it in ${apiKeyFile()}`);
  return { url: running.publicUrl };
}

function settingsIn(environment: Environment): GatewaySettings {
  const faults: EnvironmentFault[] = [];
  const settings = gatewaySettings(environment, faults);
  if (settings === undefined) throw new EnvironmentError(faults);
  return settings;
}
