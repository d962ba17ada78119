/** Where the parts run: Temporal, the ports, and the services of docker-compose.yml with the keys of the drill. */
import { readComposeFile, withValues, type ComposeFile } from '../../test/deploy/compose-file.ts';
import type { DrillSettings } from '../drill.ts';
import { SIZES } from '../drills/sizes.ts';
import type { Scene } from '../enact.ts';
import { keepTemporal } from '../processes/temporal.ts';
import { commonEnvironment, workerEnvironment } from '../stage/environment.ts';
import { AR24_KEYS, GATEWAY_KEYS, SHARED_KEYS } from '../stage/keys.ts';
import { simulatorAt, switchesOf } from '../stage/simulator.ts';
import { visibilityOf } from '../stage/visibility.ts';
import { startService } from './compose.ts';
import type { Container } from './container.ts';
import type { Podman } from './podman.ts';
import { portsHere, type Ports } from './ports.ts';

export interface Place {
  readonly podman: Podman;
  readonly image: string;
  readonly folder: string;
  readonly ports: Ports;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly scene: Omit<Scene, 'worker' | 'gateway'>;
  /** Polls every few seconds, and the like. */
  readonly workerEnvironment: Readonly<Record<string, string>>;
  /** The services of docker-compose.yml that have our image. */
  readonly services: readonly string[];
  /** Starts one of them. */
  readonly startService: (name: string) => Promise<Container>;
  readonly close: () => Promise<void>;
}

/** The identity provider of the codec server. Nobody logs in here. */
export const PROVIDER = {
  ONBOARDING_CODEC_UI_ORIGIN: 'https://temporal.example.org',
  ONBOARDING_CODEC_JWKS_URL: 'https://login.example.org/keys',
  ONBOARDING_CODEC_ISSUER: 'https://login.example.org',
  ONBOARDING_CODEC_AUDIENCE: 'temporal',
} as const;

export async function openPlace(
  {
    podman,
    image,
    folder,
  }: { readonly podman: Podman; readonly image: string; readonly folder: string },
  settings: DrillSettings,
): Promise<Place> {
  const { poll } = SIZES.short;
  const temporal = await keepTemporal({
    folder,
    logFolder: folder,
    progress: settings.progress,
  });
  const visibility = visibilityOf(temporal);
  const ports = await portsHere(Number(new URL(`http://${temporal.address}`).port));
  const options = { ...settings, webhooks: 'on', poll } as const;
  const forWorker = workerEnvironment(options, { ...ports, health: ports.of(8090) });
  const compose = await composeFor(
    { ...SHARED_KEYS, ...GATEWAY_KEYS, ...AR24_KEYS, ...PROVIDER },
    ports,
    temporal.namespace,
  );
  const hosts = Object.keys(compose.services);
  const { webhookUrl: _ofTheFile, ...switches } = switchesOf(null);
  const more = Object.entries(switches).flatMap(([name, value]) => [
    ...['--switch', `${name}=${JSON.stringify(value)}`],
  ]);
  return {
    podman,
    image,
    folder,
    ports,
    temporal,
    workerEnvironment: forWorker,
    services: hosts.filter((name) => compose.services[name]?.build !== undefined),
    scene: {
      options,
      temporal,
      visibility,
      simulator: simulatorAt(`http://127.0.0.1:${ports.simulator}`),
      gatewayUrl: `http://127.0.0.1:${ports.gateway}`,
      commands: { ...commonEnvironment(temporal, folder), ...forWorker },
    },
    startService(name) {
      const service = compose.services[name];
      if (service === undefined) throw new Error(`docker-compose.yml has no ${name}`);
      const environment = name === 'worker' ? forWorker : {};
      const args = name === 'simulator' ? more : [];
      return startService(podman, { name, service, image, hosts, environment, args });
    },
    async close() {
      await visibility.close();
      await temporal.stop();
    },
  };
}

/** docker-compose.yml with values and with the ports of this machine. */
async function composeFor(
  values: Readonly<Record<string, string>>,
  ports: Ports,
  namespace: string,
): Promise<ComposeFile> {
  const all = new Map([...Object.entries(values), ['TEMPORAL_NAMESPACE', namespace]] as const);
  const text = ports.in(JSON.stringify(await readComposeFile()));
  return JSON.parse(withValues(text, all)) as ComposeFile;
}
