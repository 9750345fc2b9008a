import { browserAdvice, findBrowser } from './find-browser'
import { runPackage } from './run-package'

/** Runs the tests in tests/e2e in a real browser. */
const browser = findBrowser()
if (browser === undefined) {
  console.error(browserAdvice)
  process.exit(1)
}
const args = ['--config', 'jest.e2e.config.cjs', '--runInBand', ...process.argv.slice(2)]
process.exitCode = runPackage('jest', args, { CHROME_PATH: browser })
