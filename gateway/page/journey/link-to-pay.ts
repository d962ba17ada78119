const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** AR24's link, if a browser may be sent there: by https, or to this very machine. */
export function linkToPay(link: string | null): string | null {
  const url = URL.parse(link ?? '');
  if (url === null) return null;
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  return isSafe ? url.href : null;
}
