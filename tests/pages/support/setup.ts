import { T0 } from './samples'

/**
 * For every page test: time stands still at T0 until the test moves it, and whatever is logged as
 * an error or a warning fails the test (that is where the page engine puts errors of handlers and
 * templates).
 */
const logged: string[] = []

beforeEach(() => {
  // The template engine puts its own methods on the Date that it finds: only its clock is replaced.
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
