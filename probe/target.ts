/** AR24's hosts that are not production (docs/ar24-api.md 1.1). */
const SANDBOXES = ['sandbox.ar24.fr', 'test.ar24.fr'];

/** Whether the address is one of AR24's, and none of its sandboxes. Unknown hosts of AR24 count as production. */
export function isProduction(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname.toLowerCase().replace(/\.+$/, '');
  const isAr24 = host === 'ar24.fr' || host.endsWith('.ar24.fr');
  return isAr24 && !SANDBOXES.includes(host);
}
