/**
 * For every page test: time stands still until the test moves it, and whatever is logged as an
 * error or a warning fails the test (that is where the page engine puts errors of handlers and
 * templates).
 */
const logged: string[] = []

beforeEach(() => {
  // the template engine puts its own methods on the Date that it finds
  jest.useFakeTimers({ doNotFake: ['Date'] })
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
