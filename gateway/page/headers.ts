import type { IncomingHttpHeaders } from 'node:http';
import type { PartnerLook } from './options.ts';

/** Only the logo may come from another host. The page may not be framed, cached or indexed. */
export function pageHeaders({ logoUrl }: PartnerLook): Readonly<Record<string, string>> {
  const logo = logoUrl === undefined ? '' : ` ${new URL(logoUrl).origin}`;
  return {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "connect-src 'self'",
      `img-src 'self'${logo}`,
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-robots-tag': 'noindex, nofollow',
  };
}

/**
 * Whether another site sent the form, by headers that pages cannot set. Our own posts have the `Origin` `null`, as the
 * page sends no referrer. Without these headers the request is not from a current browser, and may pass.
 */
export function isFromOtherSite(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin;
}
