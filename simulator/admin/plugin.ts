import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { SimulatorSettings } from '../settings/settings.ts';
import { ByHandError, changeAccount, openAccount } from './accounts-by-hand.ts';

interface Options {
  readonly context: Context;
  readonly settings: SimulatorSettings;
  readonly reset: () => Promise<void>;
}

/**
 * Routes that AR24 does not have, for tests, drills and scripts: JSON in, JSON out, no credentials.
 * Requests from foreign web pages in a browser on the same machine are refused.
 */
export function admin(app: FastifyInstance, { context, settings, reset }: Options): void {
  // Without this, a JSON body with the type text/plain would be parsed as a string.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    if (isFromForeignPage(request)) await reply.code(403).send({ error: 'Not from a web page.' });
  });

  app.get('/ledger', () => context.records.ledger);

  app.get('/faults', () => settings.faults.current);
  app.post('/faults', (request) => {
    settings.setFaults(objectIn(request.body));
    return settings.faults.current;
  });

  app.get('/switches', () => settings.switches);
  app.post('/switches', (request) => {
    settings.setSwitches(objectIn(request.body));
    return settings.switches;
  });

  app.get('/accounts', () => context.records.accounts);
  app.post('/accounts', async (request, reply) => {
    const account = openAccount(context, objectIn(request.body));
    await context.settled();
    return reply.code(201).send(account);
  });
  app.post<{ Params: { id: string } }>('/accounts/:id', async (request) => {
    const account = changeAccount(context, request.params.id, objectIn(request.body));
    await context.settled();
    return account;
  });

  app.post('/webhooks', async () => {
    await context.outbox.tick(context.now());
    return { attempts: context.records.ledger.webhooks };
  });

  app.post('/reset', async (_request, reply) => {
    await reset();
    return reply.code(204).send();
  });

  app.setErrorHandler<FastifyError>((error, _request, reply) => refuse(reply, error));
}

/** Browsers send this header with every request; other clients do not. */
function isFromForeignPage({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

const STATUS: Readonly<Record<ByHandError['reason'], number>> = {
  'unknown-account': 404,
  'address-taken': 409,
  'no-address': 400,
};

function refuse(reply: FastifyReply, error: FastifyError): FastifyReply {
  if (error instanceof z.ZodError) {
    return reply.code(400).send({ error: z.prettifyError(error), issues: error.issues });
  }
  if (error instanceof ByHandError) {
    return reply.code(STATUS[error.reason]).send({ error: error.message });
  }
  if (error.statusCode === 415) {
    return reply.code(415).send({ error: 'JSON is expected: content-type: application/json' });
  }
  const { statusCode: status = 500, message } = error;
  return reply.code(status).send({ error: status < 500 ? message : 'Internal error' });
}

/** Checks only that the body is an object; the schemas check its fields. */
function objectIn(body: unknown): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(body);
}
