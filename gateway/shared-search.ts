import DataLoader from 'dataloader';

/**
 * Temporal bears 10 searches a second unless it is told otherwise (`frontend.namespaceRPS.visibility`), and
 * more may ask at a time: those who come within so many milliseconds of a search share the next.
 */
const SEARCH_EVERY_MS = 150;

/**
 * @param search answers for all who share it, in their order
 * @param mostAtOnce who share one: a query has a length
 */
export function sharedSearch<Sought, Found>(
  search: (sought: readonly Sought[]) => Promise<readonly Found[]>,
  mostAtOnce: number,
): (sought: Sought) => Promise<Found> {
  let lastAt = -Infinity;
  const loader = new DataLoader<Sought, Found>(
    (sought) => {
      lastAt = performance.now();
      return search(sought);
    },
    {
      cache: false,
      maxBatchSize: mostAtOnce,
      batchScheduleFn: (go) =>
        setTimeout(go, Math.max(0, lastAt + SEARCH_EVERY_MS - performance.now())),
    },
  );
  return (sought) => loader.load(sought);
}
