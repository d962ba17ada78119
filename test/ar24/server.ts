/** A real HTTP server for each test. It records the requests and answers as the test says, also with hostile answers. */
import { afterEach } from '@jest/globals';
import fastify, { type FastifyReply } from 'fastify';
import { Ar24Client, type Ar24ClientOptions } from '../../ar24/index.ts';
import { encryptAnswer } from '../../ar24/crypto.ts';
import { DATE, NOW, PRIVATE_KEY, TOKEN } from './credentials.ts';

export { DATE, NOW, PRIVATE_KEY, TOKEN };

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  /** The body, not decoded. */
  readonly rawForm: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export type Behaviour = (seen: ReceivedRequest, reply: FastifyReply) => unknown;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

/** Starts a server, and makes a client of it. The server is closed after the test. */
export async function ar24(
  behaviour: Behaviour,
  options: Partial<Ar24ClientOptions> = {},
): Promise<{
  readonly client: Ar24Client;
  readonly seen: readonly ReceivedRequest[];
  readonly url: string;
}> {
  const seen: ReceivedRequest[] = [];
  const app = fastify({ forceCloseConnections: true });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_, body, done) => {
      done(null, body);
    },
  );
  app.all('/*', async (request, reply) => {
    const url = new URL(request.url, 'http://localhost');
    const rawForm = typeof request.body === 'string' ? request.body : '';
    const one: ReceivedRequest = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      form: new URLSearchParams(rawForm),
      rawForm,
      headers: request.headers,
    };
    seen.push(one);
    return behaviour(one, reply);
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closers.push(() => app.close());
  return { client: clientOf(`${url}/api/`, options), seen, url };
}

export function clientOf(baseUrl: string, options: Partial<Ar24ClientOptions> = {}): Ar24Client {
  return new Ar24Client({
    baseUrl,
    token: TOKEN,
    privateKey: PRIVATE_KEY,
    now: () => NOW,
    timeoutMs: 20_000,
    ...options,
  });
}

export function dateOf(seen: ReceivedRequest): string {
  return seen.form.get('date') ?? seen.query.get('date') ?? '';
}

/** The body of a success, encrypted for the date of the request it answers. */
export function success(seen: ReceivedRequest, result: unknown = {}): string {
  const answer = JSON.stringify({ status: 'SUCCESS', result });
  return encryptAnswer(answer, dateOf(seen), PRIVATE_KEY);
}

export function refusal(slug: unknown, message = 'free text'): Record<string, unknown> {
  return { status: 'ERROR', slug, message };
}
