const path = require('node:path')
const { projects } = require('../../jest.config.cjs')
const { displayName: _, ...node } = projects.find(({ displayName }) => displayName === 'node')

/** Proves the money rules: `npm run test:safety`. @type {import('jest').Config} */
module.exports = {
  ...node,
  displayName: 'safety',
  rootDir: path.resolve(__dirname, '../..'),
  testTimeout: 30_000,
  testMatch: ['<rootDir>/tests/safety/**/*.test.ts'],
}
