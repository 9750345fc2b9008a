const { projects, globalSetup, globalTeardown } = require('./jest.config.cjs')
const { displayName: _, ...node } = projects.find(({ displayName }) => displayName === 'functions')

/** The tests that need a browser: `npm run e2e`. @type {import('jest').Config} */
module.exports = {
  ...node,
  testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
  testTimeout: 120_000,
  globalSetup,
  globalTeardown,
}
