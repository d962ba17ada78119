import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import { ROUTES } from '../settings/routes.ts';
import { DateReuse } from './date-reuse.ts';
import { serve } from './serve.ts';

const MAX_FORM_BYTES = 1024 * 1024;
/** Of one multipart field: it is cut there, which leaves far more than any parameter may have. */
const MAX_FIELD_BYTES = 64 * 1024;

/** AR24's API, below the prefix it is registered with. */
export async function api(app: FastifyInstance, { context }: { context: Context }): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fieldSize: MAX_FIELD_BYTES, fileSize: MAX_FORM_BYTES, files: 10, fields: 200 },
  });
  // AR24 takes forms only: anything else, JSON too, carries no parameters.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => {
    done(null);
  });

  const dates = new DateReuse();
  for (const route of ROUTES) {
    const [method = '', url = ''] = route.split(' ');
    app.route({ method, url, handler: serve(context, route, dates) });
  }

  // Neither is public: plain HTTP, so that no client takes it for an answer of AR24's.
  app.setNotFoundHandler((_request, reply) => plain(reply, 404, 'Not Found'));
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ failure: error.message });
    return plain(reply, status, status >= 500 ? 'Internal Server Error' : 'Bad Request');
  });
}

function plain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
