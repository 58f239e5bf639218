import { availableParallelism } from 'node:os';

/** Every worker has a PostgreSQL and a gateway of its own: more than these do not make it faster. */
const MOST_WORKERS = 4;

/** Node runs the TypeScript as it is, so jest transforms nothing. */
export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.data'],
  globalSetup: '<rootDir>/test/support/template.js',
  globalTeardown: '<rootDir>/test/support/teardown.js',
  reporters: ['default', '<rootDir>/test/support/results.js', '<rootDir>/test/support/closingLine.js'],
  // Every test file loads all modules anew and V8 does not give them back: a worker that grew is replaced by a fresh one.
  workerIdleMemoryLimit: '1GB',
  maxWorkers: Math.min(MOST_WORKERS, availableParallelism()),
  testTimeout: 60_000,
};
