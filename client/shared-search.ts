import DataLoader from 'dataloader';

/**
 * Temporal allows 10 searches a second by default (`frontend.namespaceRPS.visibility`). Searches requested
 * within this time of the last one share the next.
 */
const SEARCH_EVERY_MS = 150;

/**
 * Combines searches, so that many callers at once do not exceed Temporal's limit. A lone caller does not wait.
 *
 * @param search answers for all callers that share it, in their order
 * @param maxBatchSize most callers of one search: a query has a maximal length
 */
export function sharedSearch<Sought, Found>(
  search: (sought: readonly Sought[]) => Promise<readonly Found[]>,
  maxBatchSize: number,
): (sought: Sought) => Promise<Found> {
  let lastAt = -Infinity;
  const loader = new DataLoader<Sought, Found>(
    (sought) => {
      lastAt = performance.now();
      return search(sought);
    },
    {
      cache: false,
      maxBatchSize,
      batchScheduleFn: (go) =>
        setTimeout(go, Math.max(0, lastAt + SEARCH_EVERY_MS - performance.now())),
    },
  );
  return (sought) => loader.load(sought);
}
