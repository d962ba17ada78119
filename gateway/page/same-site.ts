/** Whether a form was sent from the page itself. */
import type { IncomingHttpHeaders } from 'node:http';

/**
 * By what browsers say and pages cannot write. `Origin` is `null` on our own posts too, as the page
 * gives no referrer away, so it decides only where it names somebody else; what tells nothing comes
 * from no browser of today, and knows the link.
 */
export function isFromElsewhere(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin;
}
