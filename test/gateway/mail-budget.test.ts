import { expect, test } from '@jest/globals';
import { TemporalUnavailableError } from '../../client/index.ts';
import { createMailBudget, type MailCause } from '../../gateway/budget/mail-budget.ts';

const HOUR = 3_600_000;

/** What Temporal's search would count, and a clock that is told. */
function budgetOf(perDay: number) {
  const counted: { starts: readonly string[]; is?: 'away' | 'silent' } = { starts: [] };
  const clock = { now: 0 };
  const asked: unknown[] = [];
  const budget = createMailBudget({
    perDay,
    now: () => clock.now,
    onboardings: {
      startsOf: (hashes) => {
        asked.push(hashes);
        if (counted.is === 'away') return Promise.reject(new TemporalUnavailableError('busy'));
        if (counted.is === 'silent') return new Promise(() => undefined);
        return Promise.resolve(hashes.map(() => counted.starts));
      },
    },
  });
  let messages = 0;
  const take = async (emailHash: string, cause?: MailCause): Promise<boolean> => {
    const other = { by: 'message', id: String(messages++) } as const;
    return (await budget.take(emailHash, cause ?? other)) !== undefined;
  };
  const start = (reference: string, after?: string) =>
    take('a', { by: 'start', reference, ...(after !== undefined && { after }) });
  return { budget, clock, counted, asked, take, start };
}

test('mails within onboardings are bounded by the day', async () => {
  const { take, clock } = budgetOf(2);
  expect(await take('a')).toBe(true);
  expect(await take('a')).toBe(true);
  expect(await take('a')).toBe(false);
  expect(await take('b')).toBe(true);
  clock.now = 25 * HOUR;
  expect(await take('a')).toBe(true);
});

test('a start that is repeated counts once; others of the address count, whoever started them', async () => {
  const { take, start, counted, asked } = budgetOf(2);
  expect(await start('one')).toBe(true);
  expect(await start('one')).toBe(true);
  expect(await start('two')).toBe(true);
  expect(await start('three')).toBe(false);
  expect(await start('one')).toBe(true);
  counted.starts = ['x', 'y'];
  const elsewhere = (reference: string) => take('elsewhere', { reference, by: 'start' });
  expect(await elsewhere('x')).toBe(true);
  expect(await elsewhere('z')).toBe(false);
  expect(asked.at(-1)).toEqual(['elsewhere']);
});

test('one that begins again counts beside the one before, once after each end', async () => {
  const { start, counted } = budgetOf(3);
  expect(await start('one')).toBe(true);
  counted.starts = ['one'];
  expect(await start('one', 'run-1')).toBe(true);
  expect(await start('one', 'run-1')).toBe(true);
  counted.starts = ['one', 'one'];
  expect(await start('one', 'run-2')).toBe(true);
  expect(await start('one', 'run-3')).toBe(false);
});

test('what no mail came of is given back, and what is only repeated is not', async () => {
  const { budget, take } = budgetOf(1);
  const cause = { by: 'message', id: 'mine' } as const;
  const first = await budget.take('a', cause);
  const repeated = await budget.take('a', cause);
  repeated?.giveBack();
  expect(await take('a')).toBe(false);
  first?.giveBack();
  expect(await take('a')).toBe(true);
});

test('starts that Temporal counts and mails counted here add up', async () => {
  const { take, counted } = budgetOf(3);
  counted.starts = ['x', 'y'];
  expect(await take('a')).toBe(true);
  expect(await take('a')).toBe(false);
});

test('ten at once take no more than there is', async () => {
  const { take } = budgetOf(3);
  const taken = await Promise.all(Array.from({ length: 10 }, () => take('a')));
  expect(taken.filter((one) => one)).toHaveLength(3);
});

test('many at once cost few searches', async () => {
  const { take, asked } = budgetOf(3);
  await Promise.all(Array.from({ length: 40 }, (_, n) => take(`address-${n}`)));
  expect(asked.length).toBeLessThanOrEqual(2);
});

test.each(['away', 'silent'] as const)(
  'where Temporal is %s and counts nothing in time, what is known here counts, and no start is lost',
  async (is) => {
    const { start, counted } = budgetOf(1);
    counted.is = is;
    expect(await start('one')).toBe(true);
    expect(await start('two')).toBe(false);
  },
);
