import type { FastifyInstance } from 'fastify';
import { ICON } from './icon.ts';
import { LIVE } from './live.ts';
import { STYLE } from './style.ts';

/** What the pages load. Kept as text, so that a build has nothing to copy. */
const ASSETS = [
  { path: '/assets/style.css', type: 'text/css; charset=utf-8', text: STYLE },
  { path: '/assets/live.js', type: 'text/javascript; charset=utf-8', text: LIVE },
  { path: '/assets/icon.svg', type: 'image/svg+xml', text: ICON },
] as const;

export function assets(app: FastifyInstance, _options: object, done: () => void): void {
  for (const { path, type, text } of ASSETS) {
    app.get(path, (_request, reply) =>
      reply
        .header('cache-control', 'no-cache')
        .header('x-content-type-options', 'nosniff')
        .type(type)
        .send(text),
    );
  }
  done();
}
