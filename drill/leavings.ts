/**
 * What must not outlive this process, however it ends: other processes, a mounted file system. Whoever
 * is asked at the very end has no time to wait.
 */
const leavings = new Set<() => void>();

process.on('exit', () => {
  // Last come, first gone: who writes into a folder ends before it does.
  for (const clear of [...leavings].reverse()) clear();
});

/** @returns to be called once it is gone by itself */
export function clearAtExit(clear: () => void): () => void {
  leavings.add(clear);
  return () => {
    leavings.delete(clear);
  };
}
