import { T0 } from './samples'

/**
 * Prepares every page test: the time is T0 until the test advances it, and a logged error or warning
 * fails the test, because the page engine logs the errors of handlers and templates.
 */
const logged: string[] = []

beforeEach(() => {
  // Only the clock of Date is replaced: the template engine adds its own methods to Date.
  jest.useFakeTimers({ doNotFake: ['Date'], now: T0 })
  jest.spyOn(Date, 'now').mockImplementation(() => jest.now())
  logged.length = 0
  for (const level of ['error', 'warn'] as const) {
    jest.spyOn(console, level).mockImplementation((...args) => {
      logged.push(`console.${level}: ${args.map(String).join(' ')}`)
    })
  }
})

afterEach(() => {
  document.body.replaceChildren()
  jest.restoreAllMocks()
  if (logged.length > 0) throw new Error(logged.join('\n'))
})
