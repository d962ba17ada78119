import { expect, test } from '@jest/globals';
import { isKnownToBeSent, markOf, sendsBefore } from '../../activities/sends.ts';

test('the first try comes after none', () => {
  expect(sendsBefore(1, undefined)).toBe(0);
});

test('what a try left counts', () => {
  expect(sendsBefore(2, markOf(1, 1))).toBe(1);
});

test('a try that ended cleanly counts nothing', () => {
  expect(sendsBefore(2, markOf(1, 0))).toBe(0);
});

test('a try that died without a mark may have sent', () => {
  expect(sendsBefore(2, undefined)).toBe(1);
});

test('so may one that died after a clean one, whose mark is all there is', () => {
  expect(sendsBefore(3, markOf(1, 0))).toBe(1);
  expect(sendsBefore(4, markOf(2, 1))).toBe(2);
});

test('an operator who resets the count of tries does not reset what was sent', () => {
  expect(sendsBefore(1, markOf(1, 1))).toBe(1);
  expect(sendsBefore(1, markOf(3, 2))).toBe(2);
});

test('a send is known only by a mark that was left as it was sent', () => {
  expect(isKnownToBeSent(markOf(1, 1, true))).toBe(true);
  // The try before died without a mark: it may have sent, or never have begun.
  expect(isKnownToBeSent(markOf(2, 1))).toBe(false);
  expect(isKnownToBeSent(undefined)).toBe(false);
  expect(isKnownToBeSent({ sends: 1, attempt: 1, known: 'yes' })).toBe(false);
});
