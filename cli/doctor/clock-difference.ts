/** How far this machine's clock is from that of AR24's server, by HTTP's `Date` header. */

/**
 * Asks AR24's address for nothing, without token or signature.
 *
 * @returns ours minus theirs, in seconds, good to about one; undefined where nobody tells
 */
export async function clockDifference(
  baseUrl: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    const sentAt = Date.now();
    const answer = await fetch(baseUrl, { method: 'HEAD', redirect: 'manual', signal });
    const ours = (sentAt + Date.now()) / 2;
    const theirs = Date.parse(answer.headers.get('date') ?? '');
    // The header is cut to whole seconds: half a second too early, on average.
    return Number.isNaN(theirs) ? undefined : Math.round((ours - theirs - 500) / 1000);
  } catch {
    return undefined;
  }
}
