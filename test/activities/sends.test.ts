import { expect, test } from '@jest/globals';
import { markOf, mayHaveSentBefore, passedOn, sendsBefore } from '../../activities/sends.ts';

const first = (sends: number) => markOf(1, undefined, sends);

test('the first try comes after none', () => {
  expect(sendsBefore(undefined)).toBe(0);
  expect(mayHaveSentBefore(1, undefined)).toBe(false);
});

test('what a try left counts', () => {
  expect(sendsBefore(first(1))).toBe(1);
  expect(mayHaveSentBefore(2, first(1))).toBe(true);
});

test('a try that ended cleanly counts nothing', () => {
  expect(sendsBefore(first(0))).toBe(0);
  expect(mayHaveSentBefore(2, first(0))).toBe(false);
});

test('a try that died without a mark counts nothing, and may have sent', () => {
  expect(sendsBefore(undefined)).toBe(0);
  expect(mayHaveSentBefore(2, undefined)).toBe(true);
});

test('so may one that died after a clean one, and a clean one after it does not undo that', () => {
  expect(mayHaveSentBefore(3, first(0))).toBe(true);
  expect(mayHaveSentBefore(4, markOf(3, first(0), 0))).toBe(true);
  expect(mayHaveSentBefore(5, passedOn(4, markOf(3, first(0), 0)))).toBe(true);
});

test('one that sent nothing, as it could read nothing, passes on what it found', () => {
  expect(passedOn(1, undefined)).toEqual(first(0));
  expect(sendsBefore(passedOn(2, first(1)))).toBe(1);
  expect(passedOn(2, 'of another kind')).toBe('of another kind');
});

test('an operator who resets the count of tries does not reset what was sent', () => {
  expect(sendsBefore(markOf(3, first(1), 2))).toBe(2);
  expect(mayHaveSentBefore(1, first(1))).toBe(true);
});

test('what has another shape is no mark', () => {
  for (const left of [null, 'sends', { sends: 1 }, { sends: '1', attempt: 1 }]) {
    expect(sendsBefore(left)).toBe(0);
  }
});
