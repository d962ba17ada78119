import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { coloursOf } from '../look/colours.ts';
import type { PartnerLook } from '../options.ts';
import { icon } from './icon.ts';
import { LIVE } from './live.ts';
import { STYLE } from './style.ts';

const ICON_COLOUR = '#1f4e79';

/** What the pages load. Kept as text, so that a build has nothing to copy. */
export function assets(
  app: FastifyInstance,
  { partner: { colour } }: { readonly partner: PartnerLook },
  done: () => void,
): void {
  const all = [
    { name: 'style.css', type: 'text/css; charset=utf-8', text: STYLE + coloursOf(colour) },
    { name: 'live.js', type: 'text/javascript; charset=utf-8', text: LIVE },
    { name: 'icon.svg', type: 'image/svg+xml', text: icon(colour ?? ICON_COLOUR) },
  ];
  for (const { name, type, text } of all) {
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`;
    app.get(`/s/assets/${name}`, { schema: { hide: true } }, (request, reply) => {
      // Asked for each time, so that two releases behind one address never mix.
      reply.headers({ etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type(type).send(text);
    });
  }
  done();
}
