/** The part of SHOWN in shown.ts that is about tests and drills. */
import { by, ci, drill, gameDay, npmTest, type RunBy } from './run-by.ts';

export const SHOWN_TO_TESTERS: Readonly<Record<string, Readonly<Record<string, RunBy>>>> = {
  'docs/reliability.md': {
    'npm run drill': drill,
    'npm run drill -- --short': ci('npm run drill -- --short'),
    'npm run drill -- worker temporal': drill,
    'npm run drill -- hostile --seed 7': drill,
    'npm run drill -- --without disk': by('test/drill/not-run.test.ts', 'left out by name'),
    'npm run drill -- gameday': gameDay,
    'npm run drill -- gameday --only worker': gameDay,
    'npm run drill -- gameday --short': gameDay,
    'npm run drill -- --help': by('test/docs/shown.test.ts', 'the help of the drills'),
  },
  'docs/testing.md': {
    'npm run test:unit': { notRun: 'a choice of the tests that CI runs by `npm run verify`' },
    'npm run test:unit -- test/plan': {
      notRun: 'a choice of the tests that CI runs by `npm run verify`',
    },
    'npm run tools': ci('npm run tools'),
    'npm test': ci('npm run verify'),
    'npm test -- test/onboarding/attached.test.ts': npmTest,
    "npm test -- -t 'not created twice'": npmTest,
    'FAST_CHECK_SEED=random…': {
      notRun: 'takes an hour; CI runs the same tests with a fixed seed',
    },
    'npm run checks': ci('npm run verify'),
    'npm run verify': ci('npm run verify'),
    'npm run drill -- --short': ci('npm run drill -- --short'),
    'npm run bench -- --short': ci('npm run bench -- --short'),
  },
};
