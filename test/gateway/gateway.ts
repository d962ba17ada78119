/** A gateway under test, with a key for every scope. */
import { afterAll } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { OnboardingClient } from '../../client/index.ts';
import { freePort } from '../../devserver/port.ts';
import {
  createApiKey,
  parseApiKeys,
  SCOPES,
  startGateway,
  type Gateway,
  type GatewayOptions,
  type Scope,
} from '../../gateway/index.ts';
import { createLogger } from '../../worker/logging.ts';
import { HASH_KEY } from '../client/development-server.ts';
import { expectDocumented } from './documented.ts';

/** The limit of a gateway in production. */
export const REAL_TIMEOUT_MS = 1_200;

export const ALL = createApiKey('crm', SCOPES);
const PARTS = Object.fromEntries(
  SCOPES.map((scope) => [scope, createApiKey(`only-${scope}`, [scope])]),
) as Readonly<Record<Scope, ReturnType<typeof createApiKey>>>;

export interface GatewayUnderTest extends Gateway {
  readonly onboardings: OnboardingClient;
  /** Its log: one JSON object per line. */
  readonly logged: () => string;
  /** Calls the API; JSON in, JSON out. A problem has to be one that the document lists for this operation. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: no key. */
  readonly key?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
  readonly text: string;
}

export function keyFor(scope: Scope): string {
  return PARTS[scope].key;
}

const started: Gateway[] = [];

afterAll(async () => {
  for (const gateway of started) await gateway.close();
});

export async function startGatewayUnderTest(
  temporal: Client,
  options: Partial<GatewayOptions> = {},
): Promise<GatewayUnderTest> {
  const lines: string[] = [];
  const onboardings = new OnboardingClient({ temporal, hashKey: HASH_KEY, actor: 'gateway' });
  const port = await freePort();
  const written = [ALL, ...Object.values(PARTS)].map((key) => key.written).join(',');
  const gateway = await startGateway({
    onboardings,
    // A loaded machine must not fail a test. Tests of an outage set the production limit.
    temporalTimeoutMs: 10_000,
    host: '127.0.0.1',
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    trustedProxies: [],
    logger: createLogger('info', {
      write: (line: string) => {
        lines.push(line);
      },
    }),
    apiKeys: parseApiKeys(written),
    callsPerKeyAndSecond: 10_000,
    linkKeys: [{ kid: 'test', key: randomBytes(32) }],
    linkDays: 30,
    returnHosts: [],
    verifiedAddress: 'correctable',
    hstsSubdomains: false,
    mailsPerAddressAndDay: 1_000,
    sources: [],
    ar24Webhooks: { secrets: [], allowedAddresses: [] },
    partner: { name: 'Courrier & Fils' },
    ...options,
  });
  started.push(gateway);
  return {
    ...gateway,
    onboardings,
    logged: () => lines.join(''),
    async call(method, path, { body, headers = {}, key = ALL.key } = {}) {
      const answer = await fetch(new URL(path, gateway.url), {
        method,
        redirect: 'manual',
        headers: {
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json = jsonIn(text);
      expectDocumented(method, path, answer.status, json['code']);
      return { status: answer.status, headers: answer.headers, json, text };
    },
  };
}

function jsonIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
