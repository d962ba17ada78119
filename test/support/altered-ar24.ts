/**
 * A simulator whose answers are altered, as by a defect of AR24 or by a cache, or which runs code
 * during a call.
 */
import type { IncomingHttpHeaders } from 'node:http';
import fastify from 'fastify';
import { decryptAnswer, encryptAnswer } from '../../ar24/crypto.ts';
import type { Simulator } from '../../simulator/index.ts';

export interface Ar24Call {
  /** As `GET /user`. */
  readonly route: string;
  readonly parameters: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** @returns the replacement of a successful answer's `result` */
export type Alter = (result: Readonly<Record<string, unknown>>, call: Ar24Call) => unknown;

/** Runs after a call was sent and before AR24 receives it. */
export type BeforeCall = (call: Ar24Call, simulator: Simulator) => void;

export interface AlteredAr24 {
  readonly apiUrl: string;
  readonly stop: () => Promise<void>;
}

export async function startAlteredAr24(
  simulator: Simulator,
  alter: Alter | undefined,
  beforeCall?: BeforeCall,
): Promise<AlteredAr24> {
  const { apiUrl, privateKey } = simulator;
  const app = fastify({ forceCloseConnections: true });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.all('/api/*', async (request, reply) => {
    const url = new URL(request.url, 'http://localhost');
    const form = typeof request.body === 'string' ? request.body : undefined;
    const path = url.pathname.slice('/api/'.length);
    const { headers } = request;
    const { signature } = headers;
    const parameters = form === undefined ? url.searchParams : new URLSearchParams(form);
    const call = { route: `${request.method} /${path}`, parameters, headers };
    beforeCall?.(call, simulator);
    const answer = await fetch(`${apiUrl}${path}${url.search}`, {
      method: request.method,
      headers: {
        ...(typeof signature === 'string' && { signature }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: form }),
    });
    const body = await answer.text();
    return reply.code(answer.status).send(alter ? altered(body, call, alter) : body);
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { apiUrl: `${url}/api/`, stop: () => app.close() };

  function altered(body: string, call: Ar24Call, alter: Alter): string {
    const date = call.parameters.get('date') ?? '';
    const isClear = body.startsWith('{');
    const clear = isClear ? body : decryptAnswer(body, date, privateKey);
    const answer = JSON.parse(clear) as { status?: unknown; result?: Record<string, unknown> };
    if (answer.status !== 'SUCCESS') return body;
    const changed = JSON.stringify({ ...answer, result: alter(answer.result ?? {}, call) });
    return isClear ? changed : encryptAnswer(changed, date, privateKey);
  }
}
