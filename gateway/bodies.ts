/** Parses the bodies of requests: JSON and forms in UTF-8, or the raw bytes. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NotUtf8Error, textIn } from '../client/schemas/utf8.ts';
import { withoutNulls } from '../client/schemas/parse.ts';

/** An empty body counts as absent: many clients send the content type of JSON without a body. */
export function acceptJson(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) {
      done(null);
      return;
    }
    try {
      void parseJson(request, textIn(Buffer.from(body)), (error, parsed) => {
        done(error, withoutNulls(parsed));
      });
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Forms of browsers. If a name appears twice, its last value counts. */
export function acceptForms(app: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, formIn(textIn(Buffer.from(body))));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** @throws NotUtf8Error also for %E9, which is a letter in Latin-1 */
function formIn(text: string): Readonly<Record<string, string>> {
  const fields = [...new URLSearchParams(text)];
  if (fields.flat().some((part) => part.includes('\uFFFD'))) {
    throw new NotUtf8Error('is not valid UTF-8: a letter in it has another encoding');
  }
  return Object.fromEntries(fields);
}

/** Bodies of this part of the server are read as bytes, whatever their content type is. */
export function acceptRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  app.addHook('onRequest', ({ raw }, _reply, next) => {
    // Fastify refuses a malformed content type before it calls a parser.
    raw.headers['content-type'] = 'application/octet-stream';
    next();
  });
}

export function rawBodyOf({ body }: Pick<FastifyRequest, 'body'>): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
