import { within } from './within.ts';

/**
 * What is asked of Temporal may outlast the request that wanted it. It has to end before the connection is
 * closed: the SDK ends the process where it finds that it is, as it tries again.
 */
const underWay = new Set<Promise<unknown>>();
/** All calls are bounded by less. */
const ENDED_WITHIN_MS = 10_000;

export function keptTrackOf<T>(call: Promise<T>): Promise<T> {
  underWay.add(call);
  const ended = (): void => {
    underWay.delete(call);
  };
  call.then(ended, ended);
  return call;
}

/** Resolves once all that has begun by now has ended, whatever came of it. */
export async function allEnded(): Promise<void> {
  await within<unknown>(ENDED_WITHIN_MS, Promise.allSettled([...underWay]), () => undefined);
}
