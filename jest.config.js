import { availableParallelism } from 'node:os';

/** Most tests wait for servers more than they compute: three keep two cores at work. */
const LEAST_WORKERS = 3;

/** Native ESM through swc: the same TypeScript that Node runs by stripping types. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  setupFiles: ['<rootDir>/test/draws.ts'],
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // Far more than any test takes, so that a busy machine fails none.
  testTimeout: 120_000,
  maxWorkers: Math.max(LEAST_WORKERS, availableParallelism() - 1),
};
