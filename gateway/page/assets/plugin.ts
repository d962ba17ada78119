import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { PartnerLook } from '../options.ts';
import { coloursOf } from './colours.ts';
import { LIVE } from './live.ts';
import { STYLE } from './style.ts';

const ICON_COLOUR = '#1f4e79';

/** The files that pages load. They are texts in the code, so that a build has no files to copy. */
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
      // Browsers revalidate each time, so that a page never mixes files of two releases.
      reply.headers({ etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type(type).send(text);
    });
  }
  done();
}

/** An envelope with a seal, in the partner's colour. */
function icon(colour: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${colour}"/><path d="M7 11.5A1.5 1.5 0 0 1 8.5 10h15a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 7 20.5z" fill="none" stroke="#fff" stroke-width="2"/><path d="m8 11.5 8 6 8-6" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;
}
