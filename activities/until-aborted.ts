/**
 * Waits for something that hears no signal itself.
 *
 * @throws the signal's own reason, as soon as it aborts
 */
export async function untilAborted(
  signal: AbortSignal,
  something: Promise<unknown>,
): Promise<void> {
  const aborted = Promise.withResolvers<undefined>();
  const abort = () => {
    aborted.resolve(undefined);
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    await Promise.race([something, aborted.promise]);
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
