/** Starts gateway-process.ts. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../drill/folder.ts';
import { createApiKey, SCOPES } from '../../gateway/index.ts';
import { HASH_KEY, WRITTEN_KEYS } from '../keys.ts';
import { nextMessage } from '../child.ts';
import { imageEnvironment } from '../image-environment.ts';
import type { GatewayIsUp, GatewayMemory, GatewayQuestion } from './gateway-process.ts';

const PROGRAM = fileURLToPath(new URL('./gateway-process.ts', import.meta.url));

export interface GatewayUnderLoad {
  readonly url: string;
  /** Has all scopes. */
  readonly apiKey: string;
  /** The URL for AR24's webhooks. */
  readonly webhookUrl: string;
  /** The URL for sign-up events: `{type, data: {id, email}}`, types as in EVENT_TYPES. */
  readonly eventsUrl: string;
  /** Signs sign-up events. */
  readonly eventsSecret: string;
  memory(question: GatewayQuestion): Promise<GatewayMemory>;
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
  const { path: folder, remove } = await temporaryFolder('bench-gateway');
  const sources = join(folder, 'sources.json');
  await writeFile(sources, JSON.stringify(SOURCES));
  const apiKey = createApiKey('bench', SCOPES);
  const webhookSecret = randomBytes(24).toString('base64url');
  const eventsSecret = `whsec_${randomBytes(24).toString('base64')}`;
  // The gateway logs every request, as in production, to a file.
  const log = await open(join(folder, 'gateway.log'), 'w');
  const child = fork(PROGRAM, [address], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', log.fd, 'ipc'],
    env: {
      ...process.env,
      ...(await imageEnvironment()),
      ONBOARDING_GATEWAY_PORT: '0',
      ONBOARDING_ENCRYPTION_KEYS: WRITTEN_KEYS,
      ONBOARDING_HASH_KEY: `${HASH_KEY.version}:${Buffer.from(HASH_KEY.key).toString('base64')}`,
      ONBOARDING_API_KEYS: apiKey.written,
      // The limit per key is not measured.
      ONBOARDING_CALLS_PER_KEY_AND_SECOND: '100000',
      ONBOARDING_LINK_KEYS: `bench:${randomBytes(32).toString('base64')}`,
      ONBOARDING_AR24_WEBHOOK_SECRETS: webhookSecret,
      ONBOARDING_EVENT_SOURCES: sources,
      BENCH_EVENT_SECRETS: eventsSecret,
    },
  });
  const exit = once(child, 'exit');
  const { url } = (await nextMessage(child, 'gateway')) as GatewayIsUp;
  return {
    url,
    apiKey: apiKey.key,
    webhookUrl: `${url}/webhooks/ar24/${webhookSecret}`,
    eventsUrl: `${url}/events/bench`,
    eventsSecret,
    async memory(question) {
      child.send(question);
      return (await nextMessage(child, 'gateway')) as GatewayMemory;
    },
    async stop() {
      child.disconnect();
      await exit;
      await log.close();
      await remove();
    },
  };
}

/** Sends a request and reads the whole answer. */
export async function callGateway(
  url: string,
  init: RequestInit,
  expected: number,
): Promise<string> {
  const answer = await fetch(url, init);
  await answer.arrayBuffer();
  return answer.status === expected ? 'ok' : String(answer.status);
}
