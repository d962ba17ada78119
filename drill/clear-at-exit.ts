/** Undo what must not outlive this process, such as child processes and mounts. Synchronous, as at exit nothing can wait. */
const clearings = new Set<() => void>();

process.on('exit', () => {
  // In reverse order: a process that writes into a folder ends before the folder is removed.
  for (const clear of [...clearings].reverse()) clear();
});

/** @returns a function to call when nothing is left to clear */
export function clearAtExit(clear: () => void): () => void {
  clearings.add(clear);
  return () => {
    clearings.delete(clear);
  };
}
