/** Paging through `GET /user/list` (docs/ar24-api.md 4.1). */
import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { Ar24ContractError } from './errors.ts';
import { parseResult } from './envelope.ts';
import { type Ar24User, UserSchema } from './user.ts';

export interface UserListOptions {
  /** Accounts per call. Default 10, which is known to work. AR24's maximum is not public. */
  readonly pageSize?: number | undefined;
  /** Order of the ids. Default `ASC`, so that accounts created meanwhile are at the end. */
  readonly sort?: 'ASC' | 'DESC' | undefined;
}

type FetchPage = (params: { max: number; start: number; sort: string }) => Promise<unknown>;

const PageSchema = z.object({ users: z.array(UserSchema) });

/**
 * Yields each account once. An empty page is the end of the list, and a short page is not: if AR24 caps `max`,
 * every page is short.
 *
 * @param fetchPage calls AR24 and returns the `result`
 * @throws Ar24ContractError `repeated-page` if a page begins like the one before and holds nothing new: AR24 then
 *   ignores `start`, and the list would never end
 * @throws RangeError at once, if the page size is no whole number from 1
 */
export function pages(
  fetchPage: FetchPage,
  { pageSize = 10, sort = 'ASC' }: UserListOptions,
): AsyncGenerator<Ar24User, void, undefined> {
  // With 0 every page would be empty, and pass for the end of the list.
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
    // Accounts that are created or removed meanwhile shift the pages, so that some appear twice.
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
