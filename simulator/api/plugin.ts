import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../context.ts';
import { ROUTES } from '../settings/faults.ts';
import { DateReuse } from './authenticate.ts';
import { serve } from './serve.ts';

const MAX_FORM_BYTES = 1024 * 1024;
/** A longer multipart field is cut. No valid parameter is nearly as long. */
const MAX_FIELD_BYTES = 64 * 1024;

/** AR24's API. */
export async function api(app: FastifyInstance, { context }: { context: Context }): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: MAX_FORM_BYTES });
  await app.register(multipart, {
    attachFieldsToBody: 'keyValues',
    limits: { fieldSize: MAX_FIELD_BYTES, fileSize: MAX_FORM_BYTES, files: 10, fields: 200 },
  });
  // AR24 accepts forms only: a body of any other type, also JSON, has no parameters.
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => {
    done(null);
  });

  const dates = new DateReuse();
  for (const route of ROUTES) {
    const [method = '', url = ''] = route.split(' ');
    app.route({ method, url, handler: serve(context, route, dates) });
  }

  // AR24's answers to these are not public. Plain text, so that no client parses it as an answer of AR24.
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
