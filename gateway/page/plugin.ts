/**
 * The sender's page. A link opens it, without an account. It works without JavaScript: a button posts, and the answer
 * redirects to the page. A GET changes nothing, as mail scanners follow links too.
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ViewOptions } from '../../client/index.ts';
import { again, done, isAway, refuse, register } from './actions.ts';
import { correctAddress, type Correcting } from './address/correct.ts';
import { PageAnswers, stateOf, STATUS_OF, withRetry, type PageRequest } from './answers.ts';
import { assets } from './assets/plugin.ts';
import { entriesOf } from './form/entries.ts';
import { answerTo, isDraft } from './form/posted.ts';
import { fieldsIn, typedIn } from './form/read-form.ts';
import { isFromOtherSite, pageHeaders } from './headers.ts';
import type { SenderPageOptions } from './options.ts';
import { mayRefuse } from './journey/journey.ts';
import { formKeyOf, hashOf, partsOf } from './pages.ts';
import { ACTIONS, type PageAction } from './paths.ts';
import { visit, type Visit } from './visit.ts';

/** The form has 15 fields of at most 200 characters. */
const BODY_LIMIT = 32 * 1024;
const LONGEST_ADDRESS = 254;
/** Limits of one IP address, which a whole office may share, for all links together. */
const RATES = {
  reading: { max: 600, timeWindow: 60_000 },
  acting: { max: 60, timeWindow: 60_000 },
} as const;

export async function senderPage(app: FastifyInstance, options: SenderPageOptions): Promise<void> {
  const { links, partner, publicUrl, keptForms } = options;
  const answers = new PageAnswers(options);
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
    if (isAway(error)) return answers.notice(request, reply, 'away');
    const status = statusIn(error);
    if (status === 429) return answers.notice(request, reply, 'too-many');
    if (status >= 400 && status < 500)
      return answers.notice(request, reply, 'odd-request', { status });
    request.log.error({ err: error }, 'unexpected');
    return answers.notice(request, reply, 'away', { status: 500 });
  });

  app.get('/s/:token', reading, async (request: PageRequest, reply) => {
    const visited = await visitOf(request);
    options.record('onboarding_gateway_page_visits_total', { shows: shownBy(visited) });
    if (visited.kind !== 'open') return answers.closed(request, reply, visited);
    const entries = await entriesOf(options, visited, request, reply);
    return answers.page(request, reply, { ...visited, ...entries });
  });

  app.get('/s/:token/state', reading, async (request: PageRequest, reply) => {
    // An open page asks again and again.
    const visited = await visitOf(request, { queries: 'after-changes' });
    if (visited.kind !== 'open') {
      if (visited.kind === 'away') withRetry(reply);
      return reply.code(STATUS_OF[visited.kind]).send({ kind: visited.kind });
    }
    // A browser that shows the form already keeps it, so that polls need no entries of it.
    const shownForm = formIn(request.query);
    const form = shownForm === formKeyOf(visited.view) ? 'shown' : 'needed';
    const entries = await entriesOf(options, visited, request, reply, form);
    const state = stateOf(request, { ...visited, ...entries });
    const parts = partsOf(options, state, undefined, { shownForm });
    const etag = `"${hashOf(parts)}"`;
    reply.header('etag', etag);
    return request.headers['if-none-match'] === etag ? reply.code(304).send() : parts;
  });

  // What is typed so far, for a tab that is closed. It is not sent to anybody, and stored in the browser only.
  app.post('/s/:token/draft', drafting, async (request: PageRequest, reply) => {
    const { token } = request.params;
    if (isFromOtherSite(request.headers, publicUrl)) {
      return answers.notice(request, reply, 'cross-site');
    }
    const link = await links.open(token);
    if (typeof link === 'object' && !('expired' in link)) {
      reply.header('set-cookie', await keptForms.keep(token, typedIn(fieldsIn(request.body))));
    }
    return reply.code(204).send();
  });

  for (const action of ACTIONS) {
    // For a reload of the address that a posted form leaves in the browser.
    if (action !== 'refuse') {
      app.get(`/s/:token/${action}`, reading, (request: PageRequest, reply) =>
        answers.back(request, reply),
      );
    }
    app.post(`/s/:token/${action}`, acting, async (request: PageRequest, reply) => {
      if (isFromOtherSite(request.headers, publicUrl))
        return answers.notice(request, reply, 'cross-site');
      const visited = await visitOf(request);
      if (visited.kind === 'away' && action === 'registration')
        return answers.undelivered(request, reply);
      if (visited.kind !== 'open') return answers.closed(request, reply, visited);
      return act(action, request, reply, visited);
    });
  }

  // The question before a refusal. Like every GET, it changes nothing.
  app.get('/s/:token/refuse', reading, async (request: PageRequest, reply) => {
    const visited = await visitOf(request);
    if (visited.kind !== 'open') return answers.closed(request, reply, visited);
    if (!mayRefuse(visited.view)) return answers.back(request, reply);
    return answers.refusal(request, reply, { ...visited, typed: {} });
  });

  async function visitOf({ params, log }: PageRequest, how?: ViewOptions): Promise<Visit> {
    const visited = await visit(options, params.token, how);
    if (visited.kind === 'away') app.outages.log(log, visited.because);
    return visited;
  }

  async function act(
    action: PageAction,
    request: PageRequest,
    reply: FastifyReply,
    visited: Correcting,
  ): Promise<FastifyReply> {
    switch (action) {
      case 'done':
        return answers.back(request, reply, await done(options, visited));
      case 'again':
        return answers.back(request, reply, await again(options, visited));
      case 'refuse':
        return answers.back(request, reply, await refuse(options, visited));
      case 'registration':
        return await registration(request, reply, visited);
      case 'address':
        return await address(request, reply, visited);
    }
  }

  async function address(
    request: PageRequest,
    reply: FastifyReply,
    visited: Correcting,
  ): Promise<FastifyReply> {
    const typed = emailTypedIn(request.body);
    const result = await correctAddress(options, visited, typed);
    if (result === 'invalid') {
      return answers.page(
        request,
        reply.code(422),
        { ...visited, typed: {} },
        { address: { typed } },
      );
    }
    if (typeof result === 'string') return answers.back(request, reply, result);
    const token = result.newLink.slice(result.newLink.lastIndexOf('/') + 1);
    const { params, headers } = request;
    const kept = await keptForms.read(params.token, headers.cookie);
    if (Object.keys(kept).length > 0) reply.header('set-cookie', await keptForms.keep(token, kept));
    return answers.back(request, reply, 'address-corrected', token);
  }

  async function registration(
    request: PageRequest,
    reply: FastifyReply,
    visited: Correcting,
  ): Promise<FastifyReply> {
    if (visited.view.status !== 'awaiting-registration') {
      return answers.back(request, reply, isDraft(request.body) ? undefined : 'not-wanted');
    }
    const { fieldErrors } = visited.view;
    const posted = await answerTo(request.body, { fieldErrors, lookUp: options.lookUp });
    const { typed } = posted.kind === 'show' ? posted.form : posted;
    // For a closed tab, and if AR24 refuses the form later.
    reply.header('set-cookie', await keptForms.keep(request.params.token, typed));
    if (posted.kind === 'show') {
      const faults = { form: posted.form };
      return answers.page(request, reply.code(posted.status), { ...visited, typed }, faults);
    }
    const result = await register(options, visited, posted.form);
    if (result === 'undelivered') return answers.undelivered(request, reply, visited.view.language);
    if (typeof result === 'string') return answers.back(request, reply, result);
    const form = { kind: 'refused', fieldErrors: result.fieldErrors, typed } as const;
    return answers.page(request, reply.code(422), { ...visited, view: result, typed }, { form });
  }

  await app.register(assets, { partner });
}

/** The key of the form that the browser shows, in a poll. */
function formIn(query: unknown): unknown {
  return typeof query === 'object' && query !== null && 'form' in query ? query.form : undefined;
}

/** For the metrics: the page's status, or why it shows none. */
function shownBy(visited: Visit) {
  switch (visited.kind) {
    case 'open':
      return visited.view.status;
    case 'gone':
    case 'unknown':
      return `link-${visited.kind}` as const;
    case 'away':
    case 'failed':
      return visited.kind;
  }
}

/** Empty if the posted form has none. */
function emailTypedIn(body: unknown): string {
  const typed = fieldsIn(body).get('email');
  return typeof typed === 'string' ? typed.slice(0, LONGEST_ADDRESS) : '';
}

function statusIn(error: unknown): number {
  const hasStatus = typeof error === 'object' && error !== null && 'statusCode' in error;
  return hasStatus && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
