/** The jest project of a test follows from its imports. */
import { expect, test } from '@jest/globals';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { projectOf, PROJECTS, testsOf } from '../projects.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

test.each([
  ['of the pure planner', 'test/plan/endings.test.ts', 'unit'],
  ['with Node alone', 'test/checks/projects.test.ts', 'unit'],
  ['that talks to the simulator', 'test/simulator/wire.test.ts', 'slow'],
  ['that starts programs', 'test/package/launcher.test.ts', 'slow'],
  ['with random inputs', 'test/fuzz/keys.test.ts', 'slow'],
  ['on the time-skipping server', 'test/onboarding/attached.test.ts', 'temporal'],
  ['on the development server', 'test/client/following.test.ts', 'temporal'],
  ['that runs schemathesis', 'test/gateway/document.test.ts', 'temporal'],
  ['that runs other tests', 'test/docs/exercises.test.ts', 'temporal'],
  ['in a browser', 'test/simulator/mailbox-in-chromium.test.ts', 'browser'],
])('a test %s', (_what, file, project) => {
  expect(projectOf(file)).toBe(project);
});

test('each test belongs to one project', () => {
  const all = PROJECTS.flatMap(testsOf);
  expect(all.sort()).toEqual([...globSync('test/**/*.test.ts', { cwd: ROOT })].sort());
});
