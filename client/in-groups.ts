/** The same, so many at a time; the last group may be smaller. */
export async function* inGroups<T>(
  all: AsyncIterable<T>,
  size: number,
): AsyncIterableIterator<readonly T[]> {
  let group: T[] = [];
  for await (const one of all) {
    group.push(one);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
