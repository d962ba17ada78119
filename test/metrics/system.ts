/** Every process of ours that has metrics, each as its command, with a partner's server and a source of events. */
import { createEncryptionKey } from '../../codec/index.ts';
import { freePort } from '../../devserver/port.ts';
import type { RunningSystem } from '../cli/running-system.ts';
import type { Running } from '../cli/onboard.ts';
import { aSecret } from '../gateway/events/events.ts';
import { PartnerServer, SECRET } from '../notifications/partner.ts';
import { eventually } from '../support/eventually.ts';
import type { ProcessName } from './list.ts';

export const WEBHOOK_SECRET = 'hooks-of-ar24-are-not-authenticated';
export const EVENT_SECRET = aSecret();

const READY_WITHIN_MS = 240_000;

export interface Measured {
  readonly partner: PartnerServer;
  /** Where each is scraped. */
  readonly metrics: Readonly<Record<ProcessName, string>>;
  readonly healthUrl: string;
  readonly gatewayUrl: string;
  readonly codecUrl: string;
  readonly apiKey: string;
  readonly gatewayEnvironment: Readonly<Record<string, string>>;
  startExporter(): Promise<Running>;
}

/** @param more environment of worker and gateway */
export async function startMeasured(
  here: RunningSystem,
  more: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const partner = await PartnerServer.listen();
  const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const [ofWorker, ofGateway, ofCodec, gatewayPort] = ports.map(String);
  const { simulator } = here.testEnv;
  const worker = here.begin(['worker', '--json'], {
    env: {
      AR24_BASE_URL: simulator.apiUrl,
      AR24_TOKEN: simulator.token,
      AR24_PRIVATE_KEY: simulator.privateKey,
      ONBOARDING_HEALTH_PORT: '0',
      ONBOARDING_METRICS_ADDRESS: `127.0.0.1:${ofWorker}`,
      ONBOARDING_ACTIVATE_PATCHES: 'all',
      ONBOARDING_POLL_FIRST_S: '1',
      ONBOARDING_POLL_MAX_S: '2',
      ONBOARDING_REPAIR_FIRST_S: '1',
      ONBOARDING_REPAIR_MAX_S: '1',
      ONBOARDING_NOTIFY_URL: partner.settings.url,
      ONBOARDING_NOTIFY_SECRETS: SECRET,
      ONBOARDING_NOTIFY_ALLOW_PRIVATE: '1',
      ...more,
    },
  });
  const made = await here.onboard(['key', 'create', '--name', 'crm', '--json']);
  const { key = '', configuration = '' } = JSON.parse(made.out) as Record<string, string>;
  const link = await here.onboard(['key', 'link', '--json']);
  const gatewayEnvironment = {
    ONBOARDING_API_KEYS: configuration,
    ONBOARDING_LINK_KEYS: (JSON.parse(link.out) as { configuration: string }).configuration,
    ONBOARDING_GATEWAY_PORT: gatewayPort ?? '',
    ONBOARDING_PUBLIC_URL: `http://127.0.0.1:${gatewayPort}`,
    ONBOARDING_GATEWAY_METRICS_ADDRESS: `127.0.0.1:${ofGateway}`,
    ONBOARDING_GATEWAY_SHUTDOWN_GRACE_S: '0',
    ONBOARDING_AR24_WEBHOOK_SECRETS: WEBHOOK_SECRET,
    ONBOARDING_MAILS_PER_ADDRESS_AND_DAY: '1',
    ONBOARDING_EVENT_SOURCES: await here.file('sources.json', SOURCES),
    ...more,
  };
  const gateway = here.begin(['gateway', '--json'], { env: gatewayEnvironment });
  const codec = here.begin(['codec', '--local', '--json'], {
    env: {
      ONBOARDING_CODEC_PORT: '0',
      ONBOARDING_CODEC_METRICS_ADDRESS: `127.0.0.1:${ofCodec}`,
    },
  });
  const [{ healthPort }, { url: gatewayUrl }, { endpoint }] = await Promise.all([
    printed<{ healthPort: number }>(worker),
    printed<{ url: string }>(gateway),
    printed<{ endpoint: string }>(codec),
  ]);
  const exporterPort = await freePort();
  const at = (port: number | string | undefined) => `http://127.0.0.1:${port}/metrics`;
  return {
    partner,
    metrics: {
      worker: at(ofWorker),
      gateway: at(ofGateway),
      codec: at(ofCodec),
      exporter: at(exporterPort),
    },
    healthUrl: `http://127.0.0.1:${healthPort}`,
    gatewayUrl,
    codecUrl: endpoint,
    apiKey: key,
    gatewayEnvironment,
    async startExporter() {
      const env = { ONBOARDING_EXPORTER_ADDRESS: `127.0.0.1:${exporterPort}` };
      const exporter = here.begin(['exporter', '--json'], { env });
      await printed(exporter);
      return exporter;
    },
  };
}

/** What a process prints once it is ready. */
async function printed<T>(running: Running): Promise<T> {
  const line = eventually(
    'ready',
    () => Promise.resolve(running.out()),
    (out) => out.endsWith('\n'),
    // Three processes start at once.
    READY_WITHIN_MS,
  );
  const ended = running.end.then(({ err }) => Promise.reject(new Error(`it ended: ${err}`)));
  return JSON.parse(await Promise.race([line, ended])) as T;
}

const SOURCES = JSON.stringify({
  sources: [
    {
      name: 'own',
      secrets: [EVENT_SECRET],
      fields: { type: '$.type', reference: '$.id', email: '$.email' },
      events: { start: ['started'], cancel: ['left'] },
    },
  ],
});

/** A key that no process has. */
export const UNKNOWN_KEY = createEncryptionKey('lost');
