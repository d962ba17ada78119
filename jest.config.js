import { availableParallelism } from 'node:os';
import { testsOf } from './test/projects.ts';

/** Most tests wait for servers more than they compute: five keep two cores at work. */
const LEAST_WORKERS = 5;

/** Native ESM through swc: the same TypeScript that Node runs by stripping types. */
const shared = {
  testEnvironment: '<rootDir>/test/jest/one-realm.ts',
  runtime: '<rootDir>/test/jest/shared-packages.ts',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  setupFiles: ['<rootDir>/test/seed.ts'],
};

/** @param {import('./test/projects.ts').Project} name */
function project(name, setUp = {}) {
  const testMatch = testsOf(name).map((file) => `<rootDir>/${file}`);
  return { ...shared, ...setUp, displayName: name, testMatch };
}

export default {
  projects: [
    project('unit'),
    project('slow'),
    project('temporal', { globalSetup: '<rootDir>/test/global-temporal.ts' }),
    project('browser', { globalSetup: '<rootDir>/test/global-browser.ts' }),
  ],
  // Far more than any test takes, so that a busy machine fails none.
  testTimeout: 300_000,
  maxWorkers: Math.max(LEAST_WORKERS, availableParallelism() - 1),
};
