/** What answers at an address: the probe creates accounts there that nobody can delete. */

/** AR24's hosts that are not production (docs/ar24-api.md 1.1). */
const SANDBOXES = ['sandbox.ar24.fr', 'test.ar24.fr'];

/** `sandbox`: AR24's. `simulator`: a program of yours. */
export type HostKind = 'sandbox' | 'simulator' | 'production';

/**
 * By the name of the host. Unknown hosts of AR24 count as production. Undefined for any other host: it may be an alias
 * of production, or a proxy in front of it.
 */
export function hostKind(baseUrl: string): HostKind | undefined {
  const host = new URL(baseUrl).hostname.toLowerCase().replace(/\.+$/, '');
  if (SANDBOXES.includes(host)) return 'sandbox';
  if (host === 'ar24.fr' || host.endsWith('.ar24.fr')) return 'production';
  const isHere = host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
  return isHere ? 'simulator' : undefined;
}
