import { CommandError, runCommand } from './command-line/command'
import { browserAdvice, findBrowser } from './command-line/find-browser'
import { runPackage } from './command-line/run-package'

const E2E = {
  command: 'npm run e2e',
  purpose: 'Runs the tests in tests/e2e in a real browser.',
  options: {
    sheets: { help: 'write pictures of every state of the shop to tests/e2e/visual/sheets too' },
    testNamePattern: { short: 't', value: 'NAME', help: 'run only tests whose name matches' },
  },
  rest: { name: 'FILE...', help: 'run only these files; options of jest follow another --' },
} as const

runCommand(E2E, ({ values: { sheets, testNamePattern: name }, rest }) => {
  const browser = findBrowser()
  if (browser === undefined) throw new CommandError(browserAdvice)
  const named = name === undefined ? [] : ['--testNamePattern', name]
  const args = ['--config', 'jest.e2e.config.cjs', '--runInBand', ...named, ...rest]
  process.exitCode = runPackage(process.cwd(), 'jest', args, {
    CHROME_PATH: browser,
    ...(sheets && { SHEETS: '1' }),
  })
})
