import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bodies of this part come as their bytes, whatever they are called: rightly, wrongly, or not at all. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    // A name that is none would be refused before any parser sees the body.
    raw.headers['content-type'] = 'application/octet-stream';
    next();
  });
}

export function rawBodyOf({ body }: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
