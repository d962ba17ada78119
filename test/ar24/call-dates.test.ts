/** No two calls have the same date, as far as AR24's window and the share of the process allow. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CallDates, type DateShare } from '../../ar24/call-dates.ts';
import { Ar24Client } from '../../ar24/index.ts';
import { failureOf, ID } from './calls.ts';
import { ar24, dateOf, NOW, success } from './server.ts';
import { follow, PERSON, start } from './simulated.ts';

const START = Date.UTC(2026, 2, 2, 8);
const at = (seconds: number): Date => new Date(START + seconds * 1000);
const seconds = (moment: Date | undefined): number | undefined =>
  moment && (moment.getTime() - START) / 1000;

const take = (dates: CallDates, calls: number, now = at(0)) =>
  Array.from({ length: calls }, () => seconds(dates.next(now)));

it('calls of one second get successive dates, beginning with the configured lead', () => {
  const dates = new CallDates(120, undefined);
  expect(take(dates, 3, at(0.9))).toEqual([120, 121, 122]);
  expect(take(dates, 2, at(1))).toEqual([123, 124]);
  expect(take(dates, 1, at(10))).toEqual([130]);
});

it('without a share, a burst of calls repeats dates instead of waiting or leaving the window', () => {
  const taken = take(new CallDates(120, undefined), 200);
  expect(new Set(taken.slice(0, 121)).size).toBe(121);
  expect(Math.max(...taken.map(Number))).toBe(240);
  expect(taken.at(-1)).toBe(120);
});

it.each([0, 120, 540, 600])('signed %d s ahead, every date is in the window', (aheadS) => {
  for (const share of [undefined, { number: 1, of: 1 }]) {
    const taken = take(new CallDates(aheadS, share), 700).filter((one) => one !== undefined);
    expect(Math.min(...taken)).toBe(aheadS);
    expect(Math.max(...taken)).toBeLessThanOrEqual(Math.max(aheadS, 540));
  }
});

it('a refused date is followed by the date most likely to be accepted', () => {
  const dates = new CallDates(120, undefined);
  take(dates, 50);
  expect(seconds(dates.likeliest(at(0)))).toBe(120);
});

it('an invalid clock throws instead of waiting for ever', () => {
  for (const share of [undefined, { number: 1, of: 1 }]) {
    expect(() => new CallDates(120, share).next(new Date(Number.NaN))).toThrow(RangeError);
  }
});

it('with shares no date is used twice, whichever worker calls and when', () => {
  const of = 3;
  const workers = [1, 2, 3].map((number): DateShare => ({ number, of }));
  const calls = fc.array(fc.tuple(fc.nat(2), fc.nat(5)), { maxLength: 800 });
  fc.assert(
    fc.property(calls, fc.integer({ min: 0, max: 600 }), (made, aheadS) => {
      const dates = workers.map((share) => new CallDates(aheadS, share));
      const given = new Set<number>();
      let now = 0;
      for (const [worker, passed] of made) {
        now += passed;
        const date = seconds(dates[worker]?.next(at(now)));
        if (date === undefined) continue;
        expect(given.has(date)).toBe(false);
        expect(date - now).toBeGreaterThanOrEqual(aheadS);
        expect(date - now).toBeLessThanOrEqual(600);
        given.add(date);
      }
    }),
  );
});

describe('calls', () => {
  it('made at once to an AR24 that accepts each date once only are all accepted', async () => {
    const { simulator, client } = await start({ switches: { rejectDateReuse: true } });
    const { id } = await client.createUser(PERSON);
    await Promise.all(Array.from({ length: 30 }, () => client.readUser({ id })));
    await follow(simulator, 'terms', 'accept');
    expect(await client.readUser({ id })).toMatchObject({ cgu: 'yes' });
  });

  it('of two workers with a share each are all accepted', async () => {
    const switches = { rejectDateReuse: true };
    const { simulator, client } = await start(
      { switches },
      { dateShare: { number: 1, of: 2 }, dateAheadS: 60 },
    );
    const { id } = await client.createUser(PERSON);
    const { apiUrl: baseUrl, token, privateKey } = simulator;
    const dateShare = { number: 2, of: 2 };
    const other = new Ar24Client({ baseUrl, token, privateKey, dateShare, dateAheadS: 60 });
    const clients = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? client : other));
    await Promise.all(clients.map((one) => one.readUser({ id })));
    expect(simulator.ledger().calls['GET /user']).toBe(40);
  });

  it('for which no date is left wait for the next second', async () => {
    let now = NOW;
    const { client, seen } = await ar24((request) => success(request), {
      now: () => now,
      dateAheadS: 600,
      dateShare: { number: 1, of: 1 },
    });
    await client.requestTerms(ID);
    const waiting = client.requestTerms(ID);
    now = new Date(NOW.getTime() + 1000);
    await waiting;
    expect(new Set(seen.map(dateOf)).size).toBe(2);
  });

  it('that wait past their time-out were provably never sent', async () => {
    const { client, seen } = await ar24((request) => success(request), {
      dateAheadS: 600,
      dateShare: { number: 1, of: 1 },
      timeoutMs: 1_500,
    });
    await client.requestTerms(ID);
    expect(await failureOf(client.requestTerms(ID))).toMatchObject({
      kind: 'network',
      delivered: 'no',
      code: 'NO_DATE_LEFT',
    });
    expect(seen).toHaveLength(1);
  });
});
