/** The parts of an installation, once as containers of docker-compose.yml and once as pods of the chart. */
import { podsIn, render } from '../../test/deploy/helm/chart.ts';
import { AR24_KEYS, GATEWAY_KEYS, SHARED_KEYS } from '../stage/keys.ts';
import { PROVIDER, type Place } from './place.ts';
import { playPod, startPod } from './pods.ts';
import type { Cast } from './run-in.ts';

const SIMULATOR = 'simulator';
/** The test of the chart, which ends. */
const DOCTOR = 'doctor';
/** Waits for commands, and serves nothing. */
const OPERATOR = 'operator';

export function containersIn({ podman, scene, services, startService }: Place): Cast {
  return {
    what: 'containers',
    scene,
    parts: services,
    start: startService,
    async examine() {
      await podman.run('exec', 'worker', 'onboard', 'doctor');
    },
  };
}

/** Kubernetes has no simulator: it stays a container of docker-compose.yml. */
export async function podsAt(place: Place): Promise<Cast> {
  const { podman, image, scene, folder, ports, startService } = place;
  // The containers have their secrets in the environment.
  const typed = ['codec.enabled=true', 'secrets.asFiles=true'];
  const rendered = await render('own-temporal.yaml', settingsFor(place), typed);
  const run = { rendered, folder, ports, secrets: SECRETS };
  const ours = [...podsIn(rendered)].filter(([, pod]) => pod.spec.containers[0].image === image);
  const names = ours.map(([part]) => part).filter((part) => part !== DOCTOR && part !== OPERATOR);
  return {
    what: 'pods',
    scene,
    parts: [SIMULATOR, ...names],
    start: (part) => (part === SIMULATOR ? startService(part) : startPod(podman, { ...run, part })),
    async examine() {
      const container = await playPod(podman, { ...run, part: DOCTOR });
      const code = await podman.run('wait', container);
      if (code !== '0') throw new Error(await podman.logs(container));
    },
  };
}

/** By the keys of the Secret. */
const SECRETS = {
  'hash-key': SHARED_KEYS.ONBOARDING_HASH_KEY,
  'encryption-keys': SHARED_KEYS.ONBOARDING_ENCRYPTION_KEYS,
  'api-keys': GATEWAY_KEYS.ONBOARDING_API_KEYS,
  'link-keys': GATEWAY_KEYS.ONBOARDING_LINK_KEYS,
  'ar24-webhook-secrets': GATEWAY_KEYS.ONBOARDING_AR24_WEBHOOK_SECRETS,
  'ar24-token': AR24_KEYS.AR24_TOKEN,
  'ar24-private-key': AR24_KEYS.AR24_PRIVATE_KEY,
};

function settingsFor({ image, temporal, scene, workerEnvironment }: Place): readonly string[] {
  const [repository, tag] = image.split(':');
  // The chart sets the port, and Secrets the keys.
  const {
    ONBOARDING_HEALTH_PORT: _port,
    AR24_TOKEN: _t,
    AR24_PRIVATE_KEY: _k,
    ...worker
  } = workerEnvironment;
  const env = (part: string, values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).map(([name, value]) => `${part}.env.${name}=${value}`);
  return [
    `image.repository=${repository ?? ''}`,
    `image.tag=${tag ?? ''}`,
    'image.pullPolicy=Never',
    `temporal.address=${temporal.address}`,
    `temporal.namespace=${temporal.namespace}`,
    'secrets.ar24WebhookSecrets.key=ar24-webhook-secrets',
    ...env('worker', worker),
    ...env('gateway', { ONBOARDING_PUBLIC_URL: scene.gatewayUrl }),
    ...env('codec', PROVIDER),
  ];
}
