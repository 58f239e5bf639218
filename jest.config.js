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
  testTimeout: 60_000,
};
