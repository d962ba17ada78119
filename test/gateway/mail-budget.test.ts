import { expect, test } from '@jest/globals';
import { TemporalUnavailableError } from '../../client/index.ts';
import { createMailBudget } from '../../gateway/budget/mail-budget.ts';

const HOUR = 3_600_000;

/** What Temporal's search would count, and a clock that is told. */
function budgetOf(perDay: number) {
  const counted: { starts: readonly string[]; away?: boolean } = { starts: [] };
  const clock = { now: 0 };
  const asked: unknown[] = [];
  const budget = createMailBudget({
    perDay,
    now: () => clock.now,
    onboardings: {
      startsOf: (hashes) => {
        asked.push(hashes);
        if (counted.away === true) return Promise.reject(new TemporalUnavailableError('busy'));
        return Promise.resolve(hashes.map(() => counted.starts));
      },
    },
  });
  return { budget, clock, counted, asked };
}

test('mails within onboardings are bounded by the day', async () => {
  const { budget, clock } = budgetOf(2);
  expect(await budget.take('a')).toBe(true);
  expect(await budget.take('a')).toBe(true);
  expect(await budget.take('a')).toBe(false);
  expect(await budget.take('b')).toBe(true);
  clock.now = 25 * HOUR;
  expect(await budget.take('a')).toBe(true);
});

test('a start that is repeated counts once; others of the address count, whoever started them', async () => {
  const { budget, counted, asked } = budgetOf(2);
  const start = (reference: string) => budget.take('a', { reference, by: 'start' });
  expect(await start('one')).toBe(true);
  expect(await start('one')).toBe(true);
  expect(await start('two')).toBe(true);
  expect(await start('three')).toBe(false);
  expect(await start('one')).toBe(true);
  counted.starts = ['x', 'y'];
  const elsewhere = (reference: string) => budget.take('elsewhere', { reference, by: 'start' });
  expect(await elsewhere('x')).toBe(true);
  expect(await elsewhere('z')).toBe(false);
  expect(asked.at(-1)).toEqual(['elsewhere']);
});

test('starts that Temporal counts and mails counted here add up', async () => {
  const { budget, counted } = budgetOf(3);
  counted.starts = ['x', 'y'];
  expect(await budget.take('a')).toBe(true);
  expect(await budget.take('a')).toBe(false);
});

test('ten at once take no more than there is', async () => {
  const { budget } = budgetOf(3);
  const taken = await Promise.all(Array.from({ length: 10 }, () => budget.take('a')));
  expect(taken.filter((one) => one)).toHaveLength(3);
});

test('many at once cost few searches', async () => {
  const { budget, asked } = budgetOf(3);
  await Promise.all(Array.from({ length: 40 }, (_, n) => budget.take(`address-${n}`)));
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('where Temporal cannot count in time, what is known here counts, and no start is lost', async () => {
  const { budget, counted } = budgetOf(1);
  counted.away = true;
  expect(await budget.take('a', { reference: 'one', by: 'start' })).toBe(true);
  expect(await budget.take('a', { reference: 'two', by: 'start' })).toBe(false);
});
