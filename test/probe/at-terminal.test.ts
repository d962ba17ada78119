/** The operator at the terminal of `onboard probe`. */
import { expect, jest, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { atTerminal } from '../../cli/probe/at-terminal.ts';
import { STEPS } from '../../probe/index.ts';
import { eventually } from '../support/eventually.ts';

function person(answers: readonly string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true });
  const output = new PassThrough();
  const asked = text(output);
  let left = [...answers];
  output.on('data', (chunk: Buffer) => {
    if (!/[?:] .{0,20}$|\) $/.test(chunk.toString())) return;
    const [next, ...rest] = left;
    left = rest;
    if (next !== undefined) input.write(`${next}\n`);
  });
  const interrupt = jest.fn();
  const here = atTerminal(() => 'a@x.example', false, interrupt, { input, output });
  return {
    ...here,
    input,
    interrupt,
    end: () => {
      here.close();
      output.end();
      return asked;
    },
  };
}

test('steps that read are confirmed together, others one by one', async () => {
  const { confirm, end } = person(['y', 'y', 'n']);
  const [reading, alsoReading] = STEPS.filter(({ kind }) => kind === 'reads');
  const [writing, alsoWriting] = STEPS.filter(({ kind }) => kind === 'writes');
  const confirmed = [];
  for (const step of [reading, alsoReading, writing, alsoWriting]) {
    if (step !== undefined) confirmed.push(await confirm(step));
  }
  expect(confirmed).toEqual([true, true, true, false]);
  expect((await end()).match(/\[y\/N\]/g)).toHaveLength(3);
});

test('mails are counted, and an answer that is no number is asked for again', async () => {
  const { operator, end } = person(['many', '2', '']);
  expect(await operator.count('plain', 'terms')).toBe(2);
  expect(await operator.count('plain', 'terms')).toBeUndefined();
  await end();
});

test('the end of the input, as by Ctrl-D, interrupts, and the end of the run does not', async () => {
  const { operator, input, interrupt, end } = person([]);
  const count = operator.count('plain', 'terms').catch(() => 'rejected');
  input.end();
  await eventually(
    'interrupted',
    () => Promise.resolve(interrupt.mock.calls.length),
    (calls) => calls === 1,
  );
  void count;
  await end();
  const other = person([]);
  await other.end();
  expect(other.interrupt).not.toHaveBeenCalled();
});

test('a click is confirmed by Enter, and can be skipped', async () => {
  const { operator, end } = person(['', 'skip']);
  expect(await operator.act('plain', 'CONFIRM')).toBe('done');
  expect(await operator.act('plain', 'CONFIRM')).toBe('skipped');
  await end();
});
