import { expect, test } from '@jest/globals';
import { createMailBudget } from '../../gateway/budget/mail-budget.ts';

const HOUR = 3_600_000;

/** What Temporal's search would count, and a clock that is told. */
function budgetOf(perDay: number, counted = { starts: 0 }) {
  const clock = { now: 0 };
  const asked: unknown[] = [];
  const budget = createMailBudget({
    perDay,
    now: () => clock.now,
    onboardings: {
      countStarts: (hash, options) => {
        asked.push({ hash, ...options });
        return Promise.resolve(counted.starts);
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
  counted.starts = 2;
  expect(await budget.take('elsewhere', { reference: 'x', by: 'start' })).toBe(false);
  expect(asked.at(-1)).toMatchObject({ hash: 'elsewhere', butOf: 'x' });
});

test('starts that Temporal counts and mails counted here add up', async () => {
  const { budget, counted } = budgetOf(3);
  counted.starts = 2;
  expect(await budget.take('a')).toBe(true);
  expect(await budget.take('a')).toBe(false);
});

test('ten at once take no more than there is', async () => {
  const { budget } = budgetOf(3);
  const taken = await Promise.all(Array.from({ length: 10 }, () => budget.take('a')));
  expect(taken.filter((one) => one)).toHaveLength(3);
});
