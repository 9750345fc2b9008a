import { browserAdvice, findBrowser } from './find-browser'
import { runPackage } from './run-package'

/**
 * `npm run e2e [-- --sheets]`: runs the tests in tests/e2e in a real browser; with `--sheets` they
 * also put pictures of every state of the shop into tests/e2e/looks/sheets. All else is for jest.
 */
const browser = findBrowser()
if (browser === undefined) {
  console.error(browserAdvice)
  process.exit(1)
}
const given = process.argv.slice(2)
const forJest = given.filter((argument) => argument !== '--sheets')
const args = ['--config', 'jest.e2e.config.cjs', '--runInBand', ...forJest]
process.exitCode = runPackage('jest', args, {
  CHROME_PATH: browser,
  ...(forJest.length < given.length && { SHEETS: '1' }),
})
