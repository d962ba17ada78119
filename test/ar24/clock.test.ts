/** A call whose date AR24 refuses is signed again, once. */
import { expect, it } from '@jest/globals';
import { sign } from '../../ar24/crypto.ts';
import { failureOf, ID } from './calls.ts';
import { ar24, dateOf, PRIVATE_KEY, refusal, success } from './server.ts';

it('a call refused for its date is signed again with a new date, and then succeeds', async () => {
  const moments = ['2026-11-24T12:00:00Z', '2026-11-24T12:05:00Z', '2026-11-24T12:05:00Z'];
  let calls = 0;
  const now = (): Date => new Date(moments[Math.min(calls, 2)] ?? '');
  const { client, seen } = await ar24(
    (request) => {
      calls += 1;
      return calls === 1 ? refusal('expired_date') : success(request);
    },
    { now, dateAheadS: 0 },
  );
  await client.requestTerms(ID);
  expect(seen.map(dateOf)).toEqual(['2026-11-24 13:00:00', '2026-11-24 13:05:00']);
  expect(seen.map(({ headers }) => headers['signature'])).toEqual(
    seen.map((request) => sign(dateOf(request), PRIVATE_KEY)),
  );
});

it('a call whose date is refused twice fails after the second refusal', async () => {
  const { client, seen } = await ar24(() => refusal('date_in_future'));
  expect(await failureOf(client.requestTerms(ID))).toMatchObject({
    kind: 'clock',
    slug: 'date_in_future',
  });
  expect(seen).toHaveLength(2);
});

it('no other failure is repeated', async () => {
  const { client, seen } = await ar24((_, reply) => reply.code(500).send('oops'));
  await failureOf(client.requestTerms(ID));
  await failureOf(client.readUser({ id: ID }));
  expect(seen).toHaveLength(2);
});

it('the failure of the second try is thrown', async () => {
  let calls = 0;
  const { client } = await ar24(() => refusal((calls += 1) === 1 ? 'empty_date' : 'token_invalid'));
  expect(await failureOf(client.requestTerms(ID))).toMatchObject({ kind: 'credentials' });
});
