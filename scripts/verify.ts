import { projectRoot } from '../simulator/project'
import { runChecks } from './verify/run-checks'

/** `npm run verify`: all that can be said without DevTools, account and cloud about deploying. */
async function main(): Promise<void> {
  process.exitCode = (await runChecks(projectRoot)) ? 0 : 1
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
