/** What the routes of the page answer with: pages, notices and redirects. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language, WholeView } from '../../client/index.ts';
import type { LinkClaims } from '../links/links.ts';
import type { Entries } from './form/entries.ts';
import { fieldsIn, typedIn } from './form/read-form.ts';
import type { FormState } from './form/form-page.ts';
import type { SenderPageOptions } from './options.ts';
import {
  noticePage,
  refusalPage,
  undeliveredPage,
  wholePage,
  type AddressFault,
  type PageState,
} from './pages.ts';
import { pathsOf, type ActionResult } from './paths.ts';
import { readerOf } from './reader.ts';
import type { Visit } from './visit.ts';
import type { NoticeName } from './words/page-words.ts';

export type PageRequest = FastifyRequest<{ Params: { token: string } }>;

const RETRY_AFTER_S = 120;

export const STATUS_OF: Readonly<Record<NoticeName, number>> = {
  gone: 410,
  unknown: 404,
  away: 503,
  failed: 200,
  'cross-site': 403,
  'too-many': 429,
  'odd-request': 400,
};

/** An onboarding to be shown, with the entries of its form. */
export interface Filled extends Entries {
  readonly view: WholeView;
  readonly link: LinkClaims;
}

interface NoticeOptions {
  /** Default: by the notice's name. */
  readonly status?: number | undefined;
  readonly refreshUrl?: string | undefined;
}

export class PageAnswers {
  readonly #options: SenderPageOptions;

  constructor(options: SenderPageOptions) {
    this.#options = options;
  }

  page(
    request: PageRequest,
    reply: FastifyReply,
    visited: Filled,
    faults: { readonly form?: FormState; readonly address?: AddressFault } = {},
  ): FastifyReply {
    const state = stateOf(request, visited);
    return html(reply, wholePage(this.#options, state, faults.form, faults.address));
  }

  /** Asks the holder of an account whether they mean to refuse. */
  refusal(request: PageRequest, reply: FastifyReply, visited: Filled): FastifyReply {
    return html(reply, refusalPage(this.#options, stateOf(request, visited)));
  }

  /** Temporal or the workers are unavailable. The answer is the form with its entries. */
  async undelivered(
    request: PageRequest,
    reply: FastifyReply,
    language?: Language,
  ): Promise<FastifyReply> {
    const { token } = request.params;
    const state = { token, reader: readerOf(request, language) };
    const typed = typedIn(fieldsIn(request.body));
    reply.header('set-cookie', await this.#options.keptForms.keep(token, typed));
    return html(withRetry(reply.code(503)), undeliveredPage(this.#options, state, typed));
  }

  /** Back to the page, by a redirect. @param token default: the request's */
  back(
    request: PageRequest,
    reply: FastifyReply,
    result?: ActionResult,
    token = request.params.token,
  ): FastifyReply {
    const { chosen } = readerOf(request);
    return reply.redirect(pathsOf(this.#options.publicUrl, token, chosen).page(result), 303);
  }

  /** For a link that does not open. */
  closed(
    request: FastifyRequest,
    reply: FastifyReply,
    visited: Exclude<Visit, { kind: 'open' }>,
  ): FastifyReply {
    const refreshUrl = visited.kind === 'gone' ? visited.refreshUrl : undefined;
    return this.notice(request, reply, visited.kind, { refreshUrl });
  }

  notice(
    request: FastifyRequest,
    reply: FastifyReply,
    name: NoticeName,
    { status = STATUS_OF[name], refreshUrl }: NoticeOptions = {},
  ): FastifyReply {
    if (status === 503) withRetry(reply);
    const reader = readerOf(request);
    const here = reader.chosen === undefined ? '?' : `?lang=${reader.chosen}`;
    const retry = name === 'away' ? here : undefined;
    const text = noticePage(this.#options, reader, name, { retry, refreshUrl });
    return html(reply.code(status), text);
  }
}

export function stateOf(request: PageRequest, { view, link, typed, prefill }: Filled): PageState {
  const { token } = request.params;
  const { returnUrl } = link;
  return { token, view, returnUrl, typed, prefill, reader: readerOf(request, view.language) };
}

export function withRetry(reply: FastifyReply): FastifyReply {
  return reply.header('retry-after', String(RETRY_AFTER_S));
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(text);
}
