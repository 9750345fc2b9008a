/** Babel only strips the types, which is also what WeChat DevTools does to miniprogram/. */
const shared = {
  // .ts before .js: miniprogram-simulate requires a page by its path without extension
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  transform: {
    '\\.ts$': [
      'babel-jest',
      {
        babelrc: false,
        configFile: false,
        presets: [
          ['@babel/preset-env', { targets: { node: 'current' } }],
          '@babel/preset-typescript',
        ],
      },
    ],
  },
}

/**
 * The tests of functions that call them over sockets, or their adapters, and so run on built files
 * too: all in `npm run test:built`, some in `npm test`.
 */
const BUILT = [
  'notify',
  'payment',
  'refund',
  'story',
  ...(process.env.TESTS === 'full'
    ? ['closeorder', 'reconcile', 'strangers', 'time-limits', 'unifiedorder', 'wechat-pay-replies']
    : []),
]

/** @type {import('jest').Config} */
module.exports = {
  // jest leaves one core idle unless it is told otherwise
  maxWorkers: '100%',
  // jest reports a worker that takes long to exit as leaking, and a large one does
  workerIdleMemoryLimit: '600MB',
  // only so that a hanging test ends: machines differ, and several tests start whole simulators
  testTimeout: 120_000,
  globalSetup: '<rootDir>/tests/support/run/set-up.ts',
  globalTeardown: '<rootDir>/tests/support/run/tear-down.ts',
  projects: [
    {
      ...shared,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/pages/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/tests/pages/support/setup.ts'],
    },
    ...['functions', 'simulator', 'scripts', 'safety'].map((kind) => ({
      ...shared,
      displayName: kind,
      testEnvironment: 'node',
      testMatch: [`<rootDir>/tests/${kind}/**/*.test.ts`],
    })),
    {
      ...shared,
      displayName: 'built',
      testEnvironment: 'node',
      testMatch: [
        `<rootDir>/tests/functions/{${BUILT.join(',')}}.test.ts`,
        '<rootDir>/tests/safety/contract.test.ts',
      ],
      globals: { built: true },
    },
  ],
}
