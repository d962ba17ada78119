/**
 * Which old onboardings the search for stuck ones reads, because their polls may be late: rather
 * too many than too few.
 */
import { expect, test } from '@jest/globals';
import { mayHaveNoLook } from '../../client/find-stuck.ts';
import { ATTRIBUTES, DEFAULT_POLICY } from '../../workflows/contract/index.ts';

const HOUR_MS = 3_600_000;
const ALL = [''];

function workerPolling(everyHours: number) {
  const poll = { firstSeconds: 600, maxSeconds: everyHours * 3_600 };
  return { policy: { ...DEFAULT_POLICY, poll }, fingerprint: 'abc' };
}

test('an unknown pause counts as too long', () => {
  expect(mayHaveNoLook(undefined, workerPolling(12))).toEqual(ALL);
  expect(mayHaveNoLook(0, undefined)).toEqual(ALL);
});

test('the pause between polls is that of the policy', () => {
  expect(mayHaveNoLook(0, workerPolling(23))).toEqual(ALL);
  expect(mayHaveNoLook(12 * HOUR_MS, workerPolling(12))).toEqual(ALL);
  expect(mayHaveNoLook(12 * HOUR_MS, workerPolling(1))).not.toEqual(ALL);
});

test('onboardings under another policy are read, since its pauses are not known', () => {
  const { name } = ATTRIBUTES.policy;
  expect(mayHaveNoLook(0, workerPolling(12))).toEqual([`(${name} != 'abc' OR ${name} IS NULL)`]);
});
