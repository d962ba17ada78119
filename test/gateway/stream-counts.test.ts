/** How many streams one gateway accepts, by whatever keys. */
import { expect, test } from '@jest/globals';
import { StreamCounts } from '../../gateway/api/stream-counts.ts';
import { HttpProblem } from '../../gateway/problems/problem.ts';

const MOST = 1_200;

test('a gateway accepts 1,200 streams, by however many keys, and one that ends makes room', () => {
  let shown = 0;
  const streams = new StreamCounts((open) => (shown = open));
  const open = (n: number) =>
    streams.enter({
      params: { reference: `customer-${n}` },
      apiKey: null,
      streamToken: { key: `key-${n % 3}`, validForMs: 60_000 },
    });
  const leave = Array.from({ length: MOST }, (_, n) => open(n));
  expect(shown).toBe(MOST);
  expect(() => open(MOST)).toThrow(HttpProblem);
  expect(shown).toBe(MOST);
  leave[0]?.();
  open(MOST);
  expect(shown).toBe(MOST);
});

test('the tokens of one key open 1,000 at most, which leaves room for others', () => {
  const streams = new StreamCounts(() => undefined);
  const open = (n: number, key: string) =>
    streams.enter({
      params: { reference: `customer-${n}` },
      apiKey: null,
      streamToken: { key, validForMs: 60_000 },
    });
  for (let n = 0; n < 1_000; n++) open(n, 'one');
  expect(() => open(1_000, 'one')).toThrow(HttpProblem);
  open(1_000, 'another');
});

test('browsers have ten streams of one onboarding at most, which leaves room for other onboardings', () => {
  const streams = new StreamCounts(() => undefined);
  const open = (reference: string) =>
    streams.enter({
      params: { reference },
      apiKey: null,
      streamToken: { key: 'one', validForMs: 60_000 },
    });
  for (let n = 0; n < 10; n++) open('customer-1');
  expect(() => open('customer-1')).toThrow(HttpProblem);
  open('customer-2');
});
