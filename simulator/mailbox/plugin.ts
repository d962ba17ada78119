import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { perform, possibility } from '../people/perform.ts';
import { mailbox } from '../people/read-mail.ts';
import { ACTIONS, type MailAction, type SentMail } from '../state/mail.ts';
import { accountsPage } from './accounts-page.ts';
import { assets } from './assets/plugin.ts';
import { donePage, noLinkPage, overPage, questionPage, usedPage } from './link-page.ts';
import { mailboxPage } from './mailbox-page.ts';
import { readerOf } from './page.ts';

interface LinkRoute {
  Params: { id: string; action: string };
}

/** The pages for people: the mailbox, the links in its mails, the accounts. */
export async function pages(
  app: FastifyInstance,
  { context }: { context: Context },
): Promise<void> {
  await app.register(assets);
  // The forms of the buttons have no fields: the URL says everything.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => {
    done(null);
  });
  app.get('/mailbox.json', (request, reply) => {
    const { to } = readerOf(request);
    const mails = context.records.mails.filter((mail) => to === '' || mail.to === to);
    return reply.header('cache-control', 'no-store').send(mailbox(mails, context.publicUrl()));
  });
  app.get('/', (request, reply) => html(reply, mailboxPage(context, readerOf(request))));
  app.get('/accounts', (request, reply) => html(reply, accountsPage(context, readerOf(request))));
  app.get<LinkRoute>('/m/:id/:action', (request, reply) => ask(context, request, reply));
  app.post<LinkRoute>('/m/:id/:action', (request, reply) => follow(context, request, reply));
}

function ask(context: Context, request: FastifyRequest<LinkRoute>, reply: FastifyReply) {
  const reader = readerOf(request);
  const link = linkIn(context, request);
  const account = link && context.records.account(link.mail.accountId);
  if (link === undefined || account === undefined) return html(reply.code(404), noLinkPage(reader));
  switch (possibility(link.mail, link.action, account)) {
    case 'open':
      return html(reply, questionPage(link.mail, link.action, reader));
    case 'done':
      return html(reply, usedPage(link.mail, link.action, reader));
    case 'no-such-link':
      return html(reply.code(404), noLinkPage(reader));
  }
}

async function follow(context: Context, request: FastifyRequest<LinkRoute>, reply: FastifyReply) {
  const reader = readerOf(request);
  const link = linkIn(context, request);
  const outcome = link === undefined ? 'no-such-link' : perform(context, link.mail, link.action);
  await context.settled();
  const status = outcome === 'no-such-link' ? 404 : 200;
  if (wantsJson(request)) return reply.code(status).send({ outcome });
  if (link === undefined || outcome === 'no-such-link') {
    return html(reply.code(404), noLinkPage(reader));
  }
  if (outcome === 'over') {
    return html(reply, overPage(link.mail, context.switches().confirmationLinkOver, reader));
  }
  const page = outcome === 'done' ? donePage : usedPage;
  return html(reply, page(link.mail, link.action, reader));
}

function linkIn(
  { records }: Context,
  { params }: FastifyRequest<LinkRoute>,
): { readonly mail: SentMail; readonly action: MailAction } | undefined {
  const mail = records.mail(params.id);
  const action = ACTIONS.find((name) => name === params.action);
  return mail === undefined || action === undefined ? undefined : { mail, action };
}

function wantsJson({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? '';
  return accept.includes('application/json') && !accept.includes('text/html');
}

function html(reply: FastifyReply, text: string): FastifyReply {
  return reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(text);
}

/** Pages load nothing from other origins, cannot be framed, and send no referrer. */
const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
