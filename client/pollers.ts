/** A worker polls at least once a minute. The server lists it for five. */
const GONE_AFTER_MS = 120_000;

interface Poller {
  readonly lastAccessTime?: { readonly seconds?: unknown } | null;
}

/** Whether a worker that Temporal lists still runs. */
export function stillPolls(poller: Poller): boolean {
  return silentForMs(poller) <= GONE_AFTER_MS;
}

/** Since its last poll. */
export function silentForMs({ lastAccessTime }: Poller): number {
  return Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000;
}
