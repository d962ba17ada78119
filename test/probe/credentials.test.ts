/** A refusal of the credentials is never taken for AR24's behaviour. */
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { refusesCredentials } from '../../probe/answer.ts';
import { STRICT } from './habits.ts';
import { IndependentAr24 } from './independent-ar24.ts';
import { ADDRESSES, operatorAt, probeAt } from './probing.ts';

let ar24: IndependentAr24;

beforeEach(async () => {
  ar24 = await new IndependentAr24(STRICT).start();
  ar24.open(ADDRESSES.known);
});

afterEach(async () => {
  await ar24.stop();
});

test('a token that is revoked between two runs fails the first step, and nothing is sent', async () => {
  const named = ['transport', 'access-no-account', 'create'];
  const earlier = await probeAt(ar24, operatorAt(ar24), { named: ['transport'] });
  ar24.revokeAfter(0);
  const report = await probeAt(ar24, operatorAt(ar24), { earlier, named });
  expect(Object.keys(report.steps)).toEqual(['transport', 'access-no-account']);
  expect(report.steps['access-no-account']).toMatchObject({ state: 'failed' });
  expect(report.steps['access-no-account']?.notes.join()).toContain('token_invalid');
  expect(report.findings).toEqual(earlier.findings);
  expect(report.writes).toEqual([]);
});

const CASES = ['dates', 'unknown-user', 'create', 'duplicates', 'access-known'].flatMap((name) => [
  [name, 1] as const,
  [name, 2] as const,
]);

// The first call is the plain list before the step.
test.each(CASES)(
  '%s, if the token is revoked after %i calls, fails and finds nothing',
  async (name, calls) => {
    const before = ['transport', ...(name === 'duplicates' ? ['create'] : [])];
    const earlier = await probeAt(ar24, operatorAt(ar24), { named: before });
    ar24.revokeAfter(calls);
    const report = await probeAt(ar24, operatorAt(ar24), { earlier, named: [name, 'identity'] });
    expect(Object.keys(report.steps)).toEqual([...before, name]);
    expect(report.steps[name]?.state).toBe('failed');
    expect(report.findings).toEqual(earlier.findings);
    expect(report.writes).toEqual(earlier.writes);
  },
);

test.each([
  ['token_invalid', true],
  ['invalid_signature_simulated', true],
  ['date_already_used', true],
  ['expired_date', true],
  ['http-401', true],
  ['http-403', true],
  ['http-404', false],
  ['user_not_exist', false],
  ['candidate_unknown', false],
  ['success', false],
])('%s is about the credentials: %s', (outcome, expected) => {
  expect(refusesCredentials(outcome)).toBe(expected);
});
