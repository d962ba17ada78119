/**
 * The sender's page. A link opens it, without an account. It works without JavaScript: a button posts, and the answer
 * redirects to the page. A GET changes nothing, as mail scanners follow links too.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Language, WholeView } from '../../client/index.ts';
import { again, done, isAway, register, type PageSender } from './actions.ts';
import { assets } from './assets/plugin.ts';
import { entriesOf, type Entries } from './form/entries.ts';
import { answerTo, isDraft } from './form/posted.ts';
import { fieldsIn, typedIn } from './form/read-form.ts';
import type { FormState } from './form/form-page.ts';
import { pageHeaders } from './headers.ts';
import type { SenderPageOptions } from './options.ts';
import { hashOf, noticePage, partsOf, undeliveredPage, wholePage } from './pages.ts';
import { ACTIONS, pathsOf, type PageAction, type ActionResult } from './paths.ts';
import { readerOf } from './reader.ts';
import { visit, type Visit } from './visit.ts';
import type { NoticeName } from './words/page-words.ts';

type Request = FastifyRequest<{ Params: { token: string } }>;

/** The form has 15 fields of at most 200 characters. */
const BODY_LIMIT = 32 * 1024;
const RETRY_AFTER_S = 120;
/** Limits of one IP address, which a whole office may share, for all links together. */
const RATES = {
  reading: { max: 600, timeWindow: 60_000 },
  acting: { max: 60, timeWindow: 60_000 },
} as const;

type Filled = Entries & { readonly view: WholeView };

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
  const { links, partner, publicUrl, keptForms } = options;
  const headers = pageHeaders(partner);
  const reading = { schema: { hide: true }, onRequest: app.rateLimit(RATES.reading) };
  const drafting = { ...reading, bodyLimit: BODY_LIMIT };
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
    app.outages.log(request.log, error);
    if (isAway(error)) return notice(request, reply, 'away');
    const status = statusIn(error);
    if (status === 429) return notice(request, reply, 'too-many');
    if (status >= 400 && status < 500) return notice(request, reply, 'odd-request', status);
    request.log.error({ err: error }, 'unexpected');
    return notice(request, reply, 'away', 500);
  });

  app.get('/s/:token', reading, async (request: Request, reply) => {
    const visited = await visitOf(request);
    if (visited.kind !== 'open') return notice(request, reply, visited.kind);
    return page(request, reply, {
      ...visited,
      ...(await entriesOf(options, visited, request, reply)),
    });
  });

  app.get('/s/:token/state', reading, async (request: Request, reply) => {
    const visited = await visitOf(request);
    if (visited.kind !== 'open') {
      if (visited.kind === 'away') withRetry(reply);
      return reply.code(STATUS_OF[visited.kind]).send({ kind: visited.kind });
    }
    const filled = { ...visited, ...(await entriesOf(options, visited, request, reply)) };
    const parts = partsOf(options, stateOf(request, filled));
    const etag = `"${hashOf(parts)}"`;
    reply.header('etag', etag);
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : parts;
  });

  // What is typed so far, for a tab that is closed. It is not sent to anybody, and stored in the browser only.
  app.post('/s/:token/draft', drafting, async (request: Request, reply) => {
    const { token } = request.params;
    if (isFromOtherSite(request.headers, publicUrl)) return notice(request, reply, 'cross-site');
    const isOpen = typeof (await links.open(token)) === 'object';
    if (isOpen) {
      reply.header('set-cookie', await keptForms.keep(token, typedIn(fieldsIn(request.body))));
    }
    return reply.code(204).send();
  });

  for (const action of ACTIONS) {
    // For a reload of the address that a posted form leaves in the browser.
    app.get(`/s/:token/${action}`, reading, (request: Request, reply) => back(request, reply));
    app.post(`/s/:token/${action}`, acting, async (request: Request, reply) => {
      if (isFromOtherSite(request.headers, publicUrl)) return notice(request, reply, 'cross-site');
      const visited = await visitOf(request);
      if (visited.kind === 'away' && action === 'registration') return undelivered(request, reply);
      if (visited.kind !== 'open') return notice(request, reply, visited.kind);
      return act(action, request, reply, visited);
    });
  }

  async function visitOf({ params, log }: Request): Promise<Visit> {
    const visited = await visit(options, params.token);
    if (visited.kind === 'away') app.outages.log(log, visited.because);
    return visited;
  }

  async function act(
    action: PageAction,
    request: Request,
    reply: FastifyReply,
    visited: PageSender,
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
    visited: PageSender,
  ): Promise<FastifyReply> {
    if (visited.view.status !== 'awaiting-registration') {
      return back(request, reply, isDraft(request.body) ? undefined : 'not-wanted');
    }
    const { fieldErrors } = visited.view;
    const posted = await answerTo(request.body, { fieldErrors, lookUp: options.lookUp });
    const { typed } = posted.kind === 'show' ? posted.form : posted;
    // For a closed tab, and if AR24 refuses the form later.
    reply.header('set-cookie', await keptForms.keep(request.params.token, typed));
    if (posted.kind === 'show') {
      return page(request, reply.code(posted.status), { ...visited, typed }, posted.form);
    }
    const result = await register(options, visited, posted.form);
    if (result === 'undelivered') return undelivered(request, reply, visited.view.language);
    if (typeof result === 'string') return back(request, reply, result);
    const form = { kind: 'refused', fieldErrors: result.fieldErrors, typed } as const;
    return page(request, reply.code(422), { ...visited, view: result, typed }, form);
  }

  /** Temporal or the workers are unavailable. The answer is the form with its entries. */
  async function undelivered(
    request: Request,
    reply: FastifyReply,
    language?: Language,
  ): Promise<FastifyReply> {
    const { token } = request.params;
    const state = { token, reader: readerOf(request, language) };
    const typed = typedIn(fieldsIn(request.body));
    reply.header('set-cookie', await keptForms.keep(token, typed));
    return html(withRetry(reply.code(503)), undeliveredPage(options, state, typed));
  }

  function back(request: Request, reply: FastifyReply, result?: ActionResult): FastifyReply {
    const { chosen } = readerOf(request);
    return reply.redirect(pathsOf(publicUrl, request.params.token, chosen).page(result), 303);
  }

  function stateOf(request: Request, { view, ...entries }: Filled) {
    const { token } = request.params;
    return { token, view, ...entries, reader: readerOf(request, view.language) };
  }

  function page(
    request: Request,
    reply: FastifyReply,
    visited: Filled,
    form?: FormState,
  ): FastifyReply {
    return html(reply, wholePage(options, stateOf(request, visited), form));
  }

  function notice(
    request: FastifyRequest,
    reply: FastifyReply,
    name: NoticeName,
    status = STATUS_OF[name],
  ): FastifyReply {
    if (status === 503) withRetry(reply);
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

function withRetry(reply: FastifyReply): FastifyReply {
  return reply.header('retry-after', String(RETRY_AFTER_S));
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(text);
}

/**
 * Whether another site sent the form, by headers that pages cannot set. Our own posts have the `Origin` `null`, as the
 * page sends no referrer. Without these headers the request is not from a current browser, and may pass.
 */
function isFromOtherSite(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin;
}
