import type { Client } from '@temporalio/client';

/**
 * Makes calls to Temporal that are cancelled when `signal` aborts. Resolves or throws once they have
 * ended, so that the connection may be closed then: the SDK repeats a call also after it was cancelled,
 * and ends the process where it finds its connection closed.
 *
 * The SDK adds a listener to the signal that it is given for each of its calls, and takes none back. On
 * one that lasts for days they would pile up, with all that their calls hold; so it gets one of its own.
 *
 * @throws the signal's reason if it has aborted meanwhile, or what `calls` throws
 */
export async function cancelledBy<T>(
  temporal: Client,
  signal: AbortSignal | undefined,
  calls: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return calls();
  signal.throwIfAborted();
  const cancelled = new AbortController();
  const cancel = (): void => {
    cancelled.abort();
  };
  signal.addEventListener('abort', cancel);
  try {
    const result = await temporal.withAbortSignal(cancelled.signal, calls);
    signal.throwIfAborted();
    return result;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
