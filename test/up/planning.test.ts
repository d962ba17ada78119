import { expect, test } from '@jest/globals';
import { planUp } from '../../cli/up/options.ts';
import { usePlatform } from './platform.ts';

test('on Windows it is refused, with the way out', () => {
  expect(planUp({}, {}).ar24.kind).toBe('simulator');
  usePlatform('win32');
  expect(() => planUp({}, {})).toThrow('in WSL');
});
