import { availableParallelism } from 'node:os';

/** Every worker has a PostgreSQL and a gateway of its own: more than these do not make it faster. */
const MOST_WORKERS = 4;

/** Node runs the TypeScript as it is; a worker loads our modules once for all its files, not anew for each. */
export default {
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  setupFiles: ['<rootDir>/test/support/setup.js'],
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/template.js',
  globalTeardown: '<rootDir>/test/support/teardown.js',
  testSequencer: '<rootDir>/test/support/longestFirst.js',
  reporters: ['default', '<rootDir>/test/support/results.js', '<rootDir>/test/support/closingLine.js'],
  maxWorkers: Math.min(MOST_WORKERS, availableParallelism()),
};
