/**
 * What comes, until `signal` aborts: from then on nothing is waited for, also not what is being awaited.
 * That is left to itself.
 */
export async function* untilAborted<T>(
  coming: AsyncIterator<T>,
  signal: AbortSignal,
): AsyncIterableIterator<T> {
  for (;;) {
    const next = await nextUntilAborted(coming, signal);
    if (next === 'aborted' || next.done === true) return;
    yield next.value;
  }
}

async function nextUntilAborted<T>(
  coming: AsyncIterator<T>,
  signal: AbortSignal,
): Promise<IteratorResult<T> | 'aborted'> {
  if (signal.aborted) return 'aborted';
  const aborted = Promise.withResolvers<'aborted'>();
  const abort = (): void => {
    aborted.resolve('aborted');
  };
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([coming.next(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
