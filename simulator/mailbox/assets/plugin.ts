import type { FastifyInstance } from 'fastify';
import { LIVE } from './live.ts';
import { STYLE } from './style.ts';

/** An envelope. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5d66"/><path d="M7 11.5A1.5 1.5 0 0 1 8.5 10h15a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 7 20.5z" fill="none" stroke="#fff" stroke-width="2"/><path d="m8 11.5 8 6 8-6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;

/** The files that pages load. They are text in the code, so that a build has nothing to copy. */
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
