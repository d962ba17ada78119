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
