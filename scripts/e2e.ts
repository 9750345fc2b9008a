import { browserAdvice, findBrowser } from './command-line/find-browser'
import { runPackage } from './command-line/run-package'

/**
 * `npm run e2e [-- --sheets]`: runs the tests in tests/e2e in a real browser; with `--sheets` they
 * also write pictures of every state of the shop to tests/e2e/visual/sheets. jest gets all other
 * arguments.
 */
const browser = findBrowser()
if (browser === undefined) {
  console.error(browserAdvice)
  process.exit(1)
}
const given = process.argv.slice(2)
const forJest = given.filter((argument) => argument !== '--sheets')
const args = ['--config', 'jest.e2e.config.cjs', '--runInBand', ...forJest]
process.exitCode = runPackage(process.cwd(), 'jest', args, {
  CHROME_PATH: browser,
  ...(forJest.length < given.length && { SHEETS: '1' }),
})
