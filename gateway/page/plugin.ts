/**
 * The sender's page: behind a link and no account. It works without JavaScript: a button posts, the
 * answer leads back to the page, and nothing changes by looking, since mail scanners follow links too.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../../client/index.ts';
import { again, done, isAway, register, type Sender } from './actions.ts';
import { assets } from './assets/plugin.ts';
import { readForm } from './form/read-form.ts';
import type { FormState } from './form/form-page.ts';
import { pageHeaders } from './headers.ts';
import type { SenderPageOptions } from './options.ts';
import { hashOf, noticePage, partsOf, undeliveredPage, wholePage } from './pages.ts';
import { ACTIONS, pathsOf, type Action } from './paths.ts';
import { readerOf } from './reader.ts';
import { isFromElsewhere } from './same-site.ts';
import type { Told } from './told.ts';
import { visit, type Visit } from './visit.ts';
import type { NoticeName } from './words/page-words.ts';

type Request = FastifyRequest<{ Params: { token: string } }>;

/** The form has 15 fields of at most 200 characters. */
const BODY_LIMIT = 32 * 1024;
const COME_BACK_S = 120;
/** Of one address, which a whole office may share, with all links and buttons together. */
const RATES = {
  looking: { max: 600, timeWindow: 60_000 },
  acting: { max: 60, timeWindow: 60_000 },
} as const;

const STATUS_OF: Readonly<Record<NoticeName, number>> = {
  gone: 410,
  unknown: 404,
  away: 503,
  failed: 200,
  'cross-site': 403,
  'too-many': 429,
  'odd-request': 400,
};

export async function senderPage(app: FastifyInstance, options: SenderPageOptions): Promise<void> {
  const { partner, publicUrl } = options;
  const headers = pageHeaders(partner);
  const looking = { schema: { hide: true }, onRequest: app.rateLimit(RATES.looking) };
  const acting = {
    schema: { hide: true },
    onRequest: app.rateLimit(RATES.acting),
    bodyLimit: BODY_LIMIT,
  };

  app.addHook('onRequest', (_request, reply, next) => {
    reply.headers(headers);
    next();
  });
  app.setErrorHandler((error, request, reply) => {
    app.outages.tell(request.log, error);
    if (isAway(error)) return notice(request, reply, 'away');
    const status = statusIn(error);
    if (status === 429) return notice(request, reply, 'too-many');
    if (status >= 400 && status < 500) return notice(request, reply, 'odd-request', status);
    request.log.error({ err: error }, 'unexpected');
    return notice(request, reply, 'away', 500);
  });

  app.get('/s/:token', looking, async (request: Request, reply) => {
    const visited = await lookedAtBy(request);
    return visited.kind === 'open'
      ? page(request, reply, visited)
      : notice(request, reply, visited.kind);
  });

  app.get('/s/:token/state', looking, async (request: Request, reply) => {
    const visited = await lookedAtBy(request);
    if (visited.kind !== 'open') {
      if (visited.kind === 'away') comingBack(reply);
      return reply.code(STATUS_OF[visited.kind]).send({ kind: visited.kind });
    }
    const parts = partsOf(options, seenBy(request, visited));
    const etag = `"${hashOf(parts)}"`;
    reply.header('etag', etag);
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : parts;
  });

  for (const action of ACTIONS) {
    // Where a browser is asked to load again what a form has left in its address.
    app.get(`/s/:token/${action}`, looking, (request: Request, reply) => back(request, reply));
    app.post(`/s/:token/${action}`, acting, async (request: Request, reply) => {
      if (isFromElsewhere(request.headers, publicUrl)) return notice(request, reply, 'cross-site');
      const visited = await lookedAtBy(request);
      if (visited.kind === 'away' && action === 'registration') return undelivered(request, reply);
      if (visited.kind !== 'open') return notice(request, reply, visited.kind);
      return act(action, request, reply, visited);
    });
  }

  async function lookedAtBy({ params, log }: Request): Promise<Visit> {
    const visited = await visit(options, params.token);
    if (visited.kind === 'away') app.outages.tell(log, visited.because);
    return visited;
  }

  async function act(
    action: Action,
    request: Request,
    reply: FastifyReply,
    visited: Sender,
  ): Promise<FastifyReply> {
    switch (action) {
      case 'done':
        return back(request, reply, await done(options, visited));
      case 'again':
        return back(request, reply, await again(options, visited));
      case 'registration':
        return await registration(request, reply, visited);
    }
  }

  async function registration(
    request: Request,
    reply: FastifyReply,
    visited: Sender,
  ): Promise<FastifyReply> {
    if (visited.view.status !== 'awaiting-registration') return back(request, reply, 'not-wanted');
    const read = readForm(request.body);
    if (read.kind !== 'usable') return page(request, reply.code(422), visited, read);
    const came = await register(options, visited, read.form);
    if (came === 'undelivered') return undelivered(request, reply, visited.view.language);
    if (typeof came === 'string') return back(request, reply, came);
    // Kept nowhere: what was typed goes back with what AR24 says of it, or is gone.
    const { typed } = read;
    const form = { kind: 'refused', fieldErrors: came.fieldErrors, typed } as const;
    return page(request, reply.code(422), { ...visited, view: came }, form);
  }

  /** Temporal or the workers are away: the form is given back as it was filled in. */
  function undelivered(request: Request, reply: FastifyReply, language?: Language): FastifyReply {
    const seen = { token: request.params.token, reader: readerOf(request, language) };
    const { typed } = readForm(request.body);
    return html(comingBack(reply.code(503)), undeliveredPage(options, seen, typed));
  }

  function back(request: Request, reply: FastifyReply, told?: Told): FastifyReply {
    const { chosen } = readerOf(request);
    return reply.redirect(pathsOf(publicUrl, request.params.token, chosen).page(told), 303);
  }

  function seenBy(request: Request, { view }: Pick<Sender, 'view'>) {
    const { token } = request.params;
    return { token, view, reader: readerOf(request, view.language) };
  }

  function page(
    request: Request,
    reply: FastifyReply,
    visited: Sender,
    form?: FormState,
  ): FastifyReply {
    return html(reply, wholePage(options, seenBy(request, visited), form));
  }

  function notice(
    request: FastifyRequest,
    reply: FastifyReply,
    name: NoticeName,
    status = STATUS_OF[name],
  ): FastifyReply {
    if (status === 503) comingBack(reply);
    const reader = readerOf(request);
    const here = reader.chosen === undefined ? '?' : `?lang=${reader.chosen}`;
    const text = noticePage(options, reader, name, name === 'away' ? here : undefined);
    return html(reply.code(status), text);
  }

  await app.register(assets, { partner });
}

function statusIn(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}

function comingBack(reply: FastifyReply): FastifyReply {
  return reply.header('retry-after', String(COME_BACK_S));
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(text);
}
