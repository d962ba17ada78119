/** Paging through `GET /user/list` (docs/ar24-api.md 4.1). */
import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { Ar24ContractError } from './errors/index.ts';
import { parseResult } from './parse-result.ts';
import { type Ar24User, UserSchema } from './user.ts';

export interface ListOptions {
  /** Accounts per call. Default 10, which is known to work; AR24's maximum is not public. */
  readonly pageSize?: number | undefined;
  /** By id. Default `ASC`, in which accounts created meanwhile come last. */
  readonly sort?: 'ASC' | 'DESC' | undefined;
}

type FetchPage = (params: { max: number; start: number; sort: string }) => Promise<unknown>;

const PageSchema = z.object({ users: z.array(UserSchema) });

/**
 * Yields each account once. The end is an empty page, not a short one: should AR24 cap `max`, every
 * page is short, and the rest would be skipped without a word.
 *
 * @param fetchPage calls AR24 and returns the `result`
 * @throws Ar24ContractError `repeated-page` where a page begins as the one before and holds nothing
 *   new: AR24 then ignores `start`, and the list would never come to an end
 * @throws RangeError at once, on a page size that is none
 */
export function pages(
  fetchPage: FetchPage,
  { pageSize = 10, sort = 'ASC' }: ListOptions,
): AsyncGenerator<Ar24User, void, undefined> {
  // Of none an empty page is asked for, and would pass for the end.
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new RangeError('AR24 client: pageSize must be a whole number from 1');
  }
  return readPages(fetchPage, pageSize, sort);
}

async function* readPages(
  fetchPage: FetchPage,
  pageSize: number,
  sort: string,
): AsyncGenerator<Ar24User, void, undefined> {
  const seen = new Set<string>();
  let previousFirst: string | undefined;
  for (let start = 0; ;) {
    const result = await fetchPage({ max: pageSize, start, sort });
    const { users } = parseResult('listUsers', PageSchema, result);
    const first = users[0]?.id;
    if (first === undefined) return;
    // Accounts that came or went meanwhile shift the pages, so that some may be shown twice.
    const fresh = users.filter(({ id }) => !seen.has(id));
    if (fresh.length === 0 && first === previousFirst) {
      throw new Ar24ContractError(ENDPOINTS.listUsers, 'repeated-page');
    }
    previousFirst = first;
    for (const user of fresh) {
      seen.add(user.id);
      yield user;
    }
    start += users.length;
  }
}
