import { expect, test } from '@jest/globals';
import { ago, ahead, spanSince } from '../../../cli/text/time.ts';
import { at, NOW } from './views.ts';

test.each([
  [-0.01, 'just now'],
  [-1.5, '90 s ago'],
  [-3, '3 min ago'],
  [-150, '2 h ago'],
  [-47.9 * 60, '47 h ago'],
  [-48 * 60, '2 days ago'],
  [-400 * 24 * 60, '400 days ago'],
  [5, 'just now'],
])('%d minutes are %s', (minutes, words) => {
  expect(ago(at(minutes), NOW)).toBe(words);
});

test.each([
  [0.5, 'in 30 s'],
  [9.99, 'in 10 min'],
  [2 * 24 * 60 - 0.01, 'in 48 h'],
  [30 * 24 * 60 - 1, 'in 30 days'],
  [-5, 'now'],
])('an event in %d minutes is shown as %s', (minutes, words) => {
  expect(ahead(at(minutes), NOW)).toBe(words);
});

test('a span that has not begun by our clock is empty', () => {
  expect(spanSince(at(1), NOW)).toBe('0 s');
});
