/** The parent's side of gateway-process.ts. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApiKey, SCOPES } from '../../gateway/index.ts';
import { HASH_KEY } from '../hash-key.ts';
import type { GatewayIsUp, GatewayMemory, MemoryQuestion } from './gateway-process.ts';
import { WRITTEN_KEYS } from '../encryption.ts';

const PROGRAM = fileURLToPath(new URL('./gateway-process.ts', import.meta.url));

export interface GatewayUnderLoad {
  readonly url: string;
  /** Good for everything. */
  readonly apiKey: string;
  /** Where AR24's webhooks go. */
  readonly webhookUrl: string;
  /** Where sign-up events go: `{type, data: {id, email}}`, types as in EVENT_TYPES. */
  readonly eventsUrl: string;
  /** Signs them. */
  readonly eventsSecret: string;
  memory(question: MemoryQuestion): Promise<GatewayMemory>;
  stop(): Promise<void>;
}

export const EVENT_TYPES = { start: 'user.created', cancel: 'user.deleted' } as const;

const SOURCES = {
  sources: [
    {
      name: 'bench',
      secretsFrom: 'BENCH_EVENT_SECRETS',
      fields: { type: '$.type', reference: '$.data.id', email: '$.data.email' },
      events: { start: [EVENT_TYPES.start], cancel: [EVENT_TYPES.cancel] },
    },
  ],
};

/** @param address of Temporal's frontend */
export async function startGatewayProcess(address: string): Promise<GatewayUnderLoad> {
  const folder = await mkdtemp(join(tmpdir(), 'sender-onboarding-bench-'));
  const sources = join(folder, 'sources.json');
  await writeFile(sources, JSON.stringify(SOURCES));
  const apiKey = createApiKey('bench', SCOPES);
  const webhookSecret = randomBytes(24).toString('base64url');
  const eventsSecret = `whsec_${randomBytes(24).toString('base64')}`;
  // It logs every request, as it does in use, and to a file as any.
  const log = await open(join(folder, 'gateway.log'), 'w');
  const child = fork(PROGRAM, [address], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', log.fd, 'ipc'],
    env: {
      ...process.env,
      ONBOARDING_GATEWAY_PORT: '0',
      ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
      ONBOARDING_HASH_KEY: `${HASH_KEY.version}:${Buffer.from(HASH_KEY.key).toString('base64')}`,
      ONBOARDING_API_KEYS: apiKey.written,
      // Not to be what is measured.
      ONBOARDING_CALLS_PER_KEY_AND_SECOND: '100000',
      ONBOARDING_LINK_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      ONBOARDING_AR24_WEBHOOK_SECRETS: webhookSecret,
      ONBOARDING_EVENT_SOURCES: sources,
      BENCH_EVENT_SECRETS: eventsSecret,
    },
  });
  const exit = once(child, 'exit');
  const up = once(child, 'message') as Promise<[GatewayIsUp]>;
  const first = await Promise.race([up, exit.then(() => undefined)]);
  if (first === undefined) throw new Error('the gateway did not start');
  const [{ url }] = first;
  return {
    url,
    apiKey: apiKey.key,
    webhookUrl: `${url}/webhooks/ar24/${webhookSecret}`,
    eventsUrl: `${url}/events/bench`,
    eventsSecret,
    async memory(question) {
      child.send(question);
      const [held] = (await once(child, 'message')) as [GatewayMemory];
      return held;
    },
    async stop() {
      child.disconnect();
      await exit;
      await log.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
