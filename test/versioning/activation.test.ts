import { expect, test } from '@jest/globals';
import { WORKER_VARIABLES } from '../../cli/environment/worker-variables.ts';

const { ONBOARDING_ACTIVATE_PATCHES } = WORKER_VARIABLES;

test('by default no patch is activated', () => {
  expect(ONBOARDING_ACTIVATE_PATCHES.default).toBe('none');
});

test.each([
  ['none', 'none'],
  [' all ', 'all'],
  ['one-change', ['one-change']],
  ['one-change, v2.another', ['one-change', 'v2.another']],
])('%j activates %j', (written, activated) => {
  expect(ONBOARDING_ACTIVATE_PATCHES.schema.parse(written)).toEqual(activated);
});

test.each(['all,one-change', 'one-change,all', 'one-change,none', 'one change', '*'])(
  '%j is refused',
  (written) => {
    expect(ONBOARDING_ACTIVATE_PATCHES.schema.safeParse(written).success).toBe(false);
  },
);
