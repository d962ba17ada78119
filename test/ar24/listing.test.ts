import { describe, expect, it } from '@jest/globals';
import type { Ar24User } from '../../ar24/index.ts';
import { failureOf } from './calls.ts';
import { ar24, type ReceivedRequest, success } from './server.ts';

interface Row {
  readonly id: number | string;
}
const rows = (from: number, to: number): readonly Row[] =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index }));

/** A list that pages by AR24's parameters, with its own maximum page size. */
function paged(all: readonly Row[], cap = Infinity): (seen: ReceivedRequest) => string {
  return (seen) => {
    const start = Number(seen.query.get('start'));
    const max = Math.min(Number(seen.query.get('max')), cap);
    return success(seen, { users: all.slice(start, start + max) });
  };
}

async function idsOf(users: AsyncIterable<Ar24User>): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of users) ids.push(id);
  return ids;
}

const ids = (from: number, to: number): readonly string[] =>
  rows(from, to).map(({ id }) => String(id));

describe('the list of accounts', () => {
  it.each([0, 1, 4, 5, 6, 10, 11])('of %i yields each once, five a page', async (count) => {
    const { client } = await ar24(paged(rows(1, count)));
    expect(await idsOf(client.listUsers({ pageSize: 5 }))).toEqual(ids(1, count));
  });

  it('requests pages by max and start, ascending', async () => {
    const { client, seen } = await ar24(paged(rows(1, 12)));
    await idsOf(client.listUsers());
    expect(
      seen.map(({ query }) => [query.get('max'), query.get('start'), query.get('sort')]),
    ).toEqual([
      ['10', '0', 'ASC'],
      ['10', '10', 'ASC'],
      ['10', '12', 'ASC'],
    ]);
  });

  it('is read in descending order on request', async () => {
    const { client, seen } = await ar24(paged([{ id: 3 }, { id: 2 }]));
    await idsOf(client.listUsers({ sort: 'DESC' }));
    expect(seen[0]?.query.get('sort')).toBe('DESC');
  });

  it('loses nothing when AR24 caps the size of a page', async () => {
    const { client } = await ar24(paged(rows(1, 7), 3));
    expect(await idsOf(client.listUsers({ pageSize: 100 }))).toEqual(ids(1, 7));
  });

  it('requests no page that the caller does not read', async () => {
    const { client, seen } = await ar24(paged(rows(1, 50)));
    for await (const user of client.listUsers({ pageSize: 5 })) {
      if (user.id === '4') break;
    }
    expect(seen).toHaveLength(1);
  });

  it('yields an account once when accounts created meanwhile shift the pages', async () => {
    let all = [{ id: 4 }, { id: 3 }, { id: 2 }, { id: 1 }];
    const { client } = await ar24((seen) => {
      const answer = paged(all)(seen);
      if (all.length === 4) all = [{ id: 9 }, ...all];
      return answer;
    });
    const found = await idsOf(client.listUsers({ pageSize: 3, sort: 'DESC' }));
    expect(found).toEqual(['4', '3', '2', '1']);
  });

  it('throws if AR24 ignores start, instead of reading for ever', async () => {
    const { client, seen } = await ar24((request) => success(request, { users: rows(1, 5) }));
    const found: string[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const { id } of client.listUsers({ pageSize: 5 })) found.push(id);
      })(),
    );
    expect(failure).toMatchObject({ kind: 'contract', reason: 'repeated-page' });
    expect(found).toEqual(ids(1, 5));
    expect(seen).toHaveLength(2);
  });

  it.each([0, -1, 2.5, Number.NaN])(
    'with a page size of %p throws at once, since every page would be empty',
    async (pageSize) => {
      const { client, seen } = await ar24(paged(rows(1, 3)));
      expect(() => client.listUsers({ pageSize })).toThrow(RangeError);
      expect(seen).toEqual([]);
    },
  );

  it('throws at an account that it cannot parse, instead of skipping it', async () => {
    const users = [{ id: 1 }, { name: 'no id' }, { id: 3 }];
    const { client } = await ar24((seen) => success(seen, { users }));
    const failure = await failureOf(client.listUsers().next());
    expect(failure).toMatchObject({
      kind: 'contract',
      reason: 'missing-field',
      field: 'result.users.1.id',
    });
  });

  it.each([undefined, null, [], {}, { users: {} }, { users: null }, 'text'])(
    'in the form of %j is a breach of contract',
    async (result) => {
      const { client } = await ar24((seen) => success(seen, result));
      expect(await failureOf(client.listUsers().next())).toMatchObject({ kind: 'contract' });
    },
  );
});
