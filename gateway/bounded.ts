/** Bounds an LRU cache to a number of entries, with memory for those that exist: `max` would allocate all at once. */
export function atMost(entries: number): {
  readonly maxSize: number;
  readonly sizeCalculation: () => number;
} {
  return { maxSize: entries, sizeCalculation: () => 1 };
}
