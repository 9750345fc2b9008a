import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '../simulator/project'
import { browserAdvice, findBrowser } from './find-browser'

/** Runs the tests in tests/e2e in a real browser. */
const browser = findBrowser()
if (browser === undefined) {
  console.error(browserAdvice)
  process.exit(1)
}
const jest = path.join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js')
const args = ['--config', 'jest.e2e.config.cjs', '--runInBand', ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, [jest, ...args], {
  cwd: projectRoot,
  env: { ...process.env, CHROME_PATH: browser },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
